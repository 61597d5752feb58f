from django.urls import path

from yidang.access.lending.views import copies, counter, loans, synonyms, use

app_name = "lending"

urlpatterns = [
    path("items/<uuid:item_id>/loan/", loans.ask_for_item, name="ask_for_item"),
    path("items/<uuid:item_id>/lent.pdf", loans.take_along, name="take_along"),
    path("items/<uuid:item_id>/copies/new/", copies.new_copy, name="new_copy"),
    path("loans/", loans.mine, name="loans"),
    path("loans/new/", loans.ask, name="new_loan"),
    path("loans/desk/", loans.desk, name="loan_desk"),
    path("loans/counter/", counter.desk, name="loan_counter"),
    path("loans/overdue/", counter.overdue, name="overdue_loans"),
    path("loans/<uuid:loan_id>/", loans.loan, name="loan"),
    path("loans/<uuid:loan_id>/decide/", loans.decide, name="decide_loan"),
    path("loans/<uuid:loan_id>/withdraw/", loans.withdraw, name="withdraw_loan"),
    path("loans/<uuid:loan_id>/end/", loans.end, name="end_loan"),
    path("loans/<uuid:loan_id>/effect/", loans.tell_effect, name="loan_effect"),
    path("loans/<uuid:loan_id>/left/", loans.left, name="loan_left"),
    path("loans/<uuid:loan_id>/hand-over/", counter.hand_over, name="hand_over_loan"),
    path("loans/<uuid:loan_id>/take-back/", counter.take_back, name="take_back_loan"),
    path("loans/<uuid:loan_id>/chase/", counter.chase, name="chase_loan"),
    path("loans/<uuid:loan_id>/letter/", counter.letter, name="loan_letter"),
    path("use/", use.register, name="use_register"),
    path("use/statistics/", use.figures, name="use_statistics"),
    path("use/statistics.xlsx", use.figures_xlsx, name="use_statistics_xlsx"),
    path("use/analyses/", use.analyses, name="use_analyses"),
    path("use/analyses/<uuid:analysis_id>/", use.analysis, name="use_analysis"),
    path("use/synonyms/", synonyms.synonyms, name="synonyms"),
    path("use/synonyms/<uuid:synonym_id>/end/", synonyms.end, name="end_synonym"),
    path("copies/", copies.copies, name="copies"),
    path("copies/<slug:number>/", copies.copy, name="copy"),
    path("copies/<slug:number>/copy.pdf", copies.pdf, name="copy_pdf"),
    path("copies/<slug:number>/effect/", copies.tell_effect, name="copy_effect"),
    path("check/copy/", copies.check, name="check_copy"),
]
