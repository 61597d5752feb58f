"""The page by which a browser learns to trust this house's own certificate."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yidang.kernel.errors import NotFound
from yidang.kernel.openness import public
from yidang.site.tls import authority


@require_GET
@public
def trust(request: HttpRequest) -> HttpResponse:
    is_local = settings.YIDANG.tls_is_local
    certificate = authority.authority_certificate(settings.YIDANG.home)
    shown = authority.fingerprint(certificate) if is_local else ""
    return render(request, "site/trust.html", {"is_local": is_local, "fingerprint": shown})


@require_GET
@public
def authority_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Raises NotFound: `no_own_authority`."""
    if not settings.YIDANG.tls_is_local:
        raise NotFound("no_own_authority")
    content = authority.authority_certificate(settings.YIDANG.home).read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="yidang-ca.crt"'}
    return HttpResponse(content, content_type="application/x-x509-ca-cert", headers=headers)
