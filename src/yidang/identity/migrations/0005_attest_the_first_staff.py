from django.db import migrations


def attest(apps, schema_editor):
    """From here on the ledger holds the state of each account and post; whoever was there before is entered once."""
    from yidang.identity.attesting import digest
    from yidang.ledger.operations import append

    Staff, Post = apps.get_model("identity", "Staff"), apps.get_model("identity", "Post")
    for staff in Staff.objects.all():
        state = digest(
            staff=str(staff.id),
            username=staff.username,
            duty=staff.duty,
            is_active=staff.is_active,
            password=staff.password,
            must_change_password=staff.must_change_password,
            sso_subject=b"",
            factors=[],
        )
        append(action="staff.attested", actor="system:upgrade", subject=staff.id, facts={"state": state})
    for post in Post.objects.all():
        facts = {
            "post": str(post.id),
            "role": post.role,
            "department": post.department_id or "",
            "since": post.since.isoformat(),
            "until": post.until.isoformat() if post.until else "",
        }
        append(action="post.given", actor="system:upgrade", subject=post.staff_id, facts=facts)


class Migration(migrations.Migration):
    dependencies = [("identity", "0004_door"), ("ledger", "0001_initial")]

    operations = [migrations.RunPython(attest, migrations.RunPython.noop)]
