from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yidang.site"

    def ready(self) -> None:
        from yidang.access.query.spoken import understand
        from yidang.site import sanctions
        from yidang.site.spoken import codes_of

        understand(codes_of)
        sanctions.register_all()
