"""The forms of the door and of the staff list."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yidang.identity.models import Staff
from yidang.identity.operations import check_sign_in
from yidang.kernel.errors import Conflict, NotAllowed
from yidang.kernel.texts import Language, say


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
            language: Language = "en" if (get_language() or "").startswith("en") else "zh"
            raise forms.ValidationError(say(refusal.code, language, **refusal.facts), code=refusal.code) from None
        return values


class PasswordForm(forms.Form):
    """A new password for oneself."""

    old = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least ten characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("New password, once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._staff = staff

    def clean_new(self) -> str:
        password: str = self.cleaned_data["new"]
        validate_password(password, self._staff)
        return password

    def clean_repeated(self) -> str:
        repeated: str = self.cleaned_data["repeated"]
        if "new" in self.cleaned_data and repeated != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two passwords differ."))
        return repeated


class StaffForm(forms.Form):
    """A new account. The first password is told to its owner and changed by the administrator on request."""

    username = forms.SlugField(label=_("User name"), max_length=32, help_text=_("Letters, digits, - and _"))
    display_name = forms.CharField(label=_("Display name"), max_length=80)
    duty = forms.ChoiceField(
        label=_("Duty"), help_text=_("It never changes. The post within it is given by the security administrators.")
    )
    password = forms.CharField(
        label=_("First password"),
        max_length=200,
        strip=False,
        help_text=_("At least ten characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, duties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"].choices = duties  # type: ignore[attr-defined]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        bearer = Staff(
            username=self.cleaned_data.get("username", ""), display_name=self.cleaned_data.get("display_name", "")
        )
        validate_password(password, bearer)
        return password


class PostForm(forms.Form):
    """A post asked for: the person is given by the page."""

    role = forms.ChoiceField(label=_("Role"))
    department = forms.ChoiceField(
        label=_("Department"), required=False, help_text=_("Of doctors and readers, who see its records alone.")
    )
    since = forms.DateField(label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("In force until"),
        required=False,
        help_text=_("On this day the post no longer counts; blank while the end is open."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args: Any, roles: list[tuple[str, str]], departments: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["department"].choices = [("", "–"), *departments]  # type: ignore[attr-defined]
