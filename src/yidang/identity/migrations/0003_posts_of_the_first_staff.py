from django.db import migrations

from yidang.kernel.clock import today


def appoint(apps, schema_editor):
    """Whoever had a role holds it from today as a post."""
    Staff, Post = apps.get_model("identity", "Staff"), apps.get_model("identity", "Post")
    for staff in Staff.objects.all():
        if staff.role == "system_admin":
            staff.duty = "system"
            staff.save(update_fields=["duty"])
        Post.objects.create(
            staff=staff,
            duty=staff.duty,
            role=staff.role,
            department_id=staff.department_id if staff.role == "reader" else None,
            since=today(),
            appointed_by="system:upgrade",
        )


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_posts")]

    operations = [migrations.RunPython(appoint, migrations.RunPython.noop)]
