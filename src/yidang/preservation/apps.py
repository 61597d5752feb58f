from django.apps import AppConfig


class PreservationConfig(AppConfig):
    name = "yidang.preservation"
