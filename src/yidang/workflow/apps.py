from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "yidang.workflow"
