"""What the interface calls the events and places of lending; `site` puts them beside its own."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "loan.asked": _("Loan asked for"),
    "loan.approved": _("Loan agreed to"),
    "loan.refused": _("Loan refused"),
    "loan.withdrawn": _("Loan taken back"),
    "loan.lapsed": _("Loan lapsed unfetched"),
    "loan.ended": _("Reading ended"),
    "loan.handed_over": _("Paper handed over"),
    "loan.taken_back": _("Paper taken back"),
    "loan.chased": _("Return called for"),
    "use.effect": _("Effect of use told"),
    "use.exported": _("Use statistics exported"),
    "use.analysed": _("Use analysed"),
    "copy.certified": _("Certified copy made"),
    "copy.handed_out": _("Certified copy handed out"),
    "search.refused": _("Search refused"),
    "search.failed": _("Search failed"),
    "synonym.accepted": _("Synonym taken on"),
    "synonym.ended": _("Synonym taken back"),
}

GROUP = _("Lending and use")
MINE, DESK, COUNTER = _("My loans"), _("Loans to decide"), _("Counter for paper")
OVERDUE, REGISTER, STATISTICS = _("Overdue paper"), _("Register of use"), _("Use statistics")
ANALYSES, COPIES = _("Analysis of use"), _("Certified copies")
