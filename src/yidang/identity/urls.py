from django.urls import path

from yidang.identity import account_views, views

app_name = "identity"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/second/", views.second, name="second"),
    path("sign-in/again/", views.again, name="again"),
    path("sign-in/again/passkey/", views.again_passkey, name="again_passkey"),
    path("sign-in/passkey/options/", views.passkey_options, name="passkey_options"),
    path("sign-in/passkey/", views.passkey_sign_in, name="passkey_sign_in"),
    path("sign-in/sso/", views.sso_begin, name="sso"),
    path("sign-in/sso/back/", views.sso_back, name="sso_back"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("account/", account_views.page, name="account"),
    path("account/password/", account_views.password, name="password"),
    path("account/app/", account_views.totp_app, name="totp"),
    path("account/recovery/", account_views.recovery, name="recovery"),
    path("account/passkeys/options/", account_views.passkey_begin, name="passkey_begin"),
    path("account/passkeys/", account_views.passkey_add, name="passkey_add"),
    path("account/factors/<uuid:factor_id>/remove/", account_views.remove_factor, name="remove_factor"),
    path("account/sessions/<uuid:visit>/end/", account_views.end_visit, name="end_visit"),
    path("account/sessions/end/", account_views.end_others, name="end_others"),
]
