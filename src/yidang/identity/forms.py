"""The sign-in form: its fields and its one check."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yidang.identity.models import Staff
from yidang.identity.operations import check_sign_in
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.kernel.texts import say


class SignInForm(forms.Form):
    """After `is_valid()`, `staff` is who signed in; `address` is where the request came from."""

    username = forms.CharField(
        label=_("User name"),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    staff: Staff

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address = address

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not {"username", "password"} <= values.keys():
            return values
        try:
            self.staff = check_sign_in(username=values["username"], password=values["password"], address=self._address)
        except (Conflict, NotAllowed) as refusal:
            language = "en" if (get_language() or "").startswith("en") else "zh"
            raise forms.ValidationError(say(refusal.code, language, **refusal.facts), code=refusal.code) from None
        return values
