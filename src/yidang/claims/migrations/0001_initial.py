
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('claim', models.BigIntegerField(primary_key=True, serialize=False)),
                ('number', models.CharField(help_text='setl_id as it came', max_length=40)),
                ('encounter', models.CharField(blank=True, max_length=40)),
                ('visit', models.CharField(choices=[('inpatient', 'Inpatient'), ('outpatient', 'Outpatient'), ('emergency', 'Emergency'), ('pharmacy', 'Pharmacy'), ('internet', 'Internet')], max_length=10)),
                ('admitted_at', models.DateTimeField(null=True)),
                ('discharged_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField()),
                ('department', models.CharField(blank=True, max_length=20)),
                ('doctor', models.CharField(blank=True, max_length=20)),
                ('scheme', models.CharField(blank=True, max_length=3)),
                ('region', models.CharField(blank=True, max_length=6)),
                ('discharge_way', models.PositiveSmallIntegerField(null=True)),
                ('total_fen', models.BigIntegerField()),
                ('fund_fen', models.BigIntegerField()),
                ('own_fen', models.BigIntegerField()),
                ('fees', models.JSONField(default=dict)),
                ('funds', models.JSONField(default=dict)),
                ('sealed', models.BinaryField(null=True)),
                ('reversed', models.BooleanField(default=False)),
                ('lines', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('digest', models.UUIDField(help_text='of header and lines, to know the same content again')),
            ],
        ),
        migrations.CreateModel(
            name='Enrolee',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.BigIntegerField(unique=True)),
                ('id_index', models.BinaryField(help_text='blind index of the ID number, 18 digits', max_length=16, null=True)),
                ('sealed', models.BinaryField(help_text='sealed JSON {"name", "id_number", "phone", "address", …}', null=True)),
                ('sex', models.PositiveSmallIntegerField(default=0, help_text='1 男, 2 女, 0 unknown')),
                ('born_on', models.DateField(null=True)),
                ('status', models.CharField(choices=[('enrolled', 'Enrolled'), ('suspended', 'Suspended'), ('ended', 'Ended'), ('not_enrolled', 'Not Enrolled')], default='enrolled', max_length=12)),
                ('scheme', models.CharField(blank=True, max_length=3)),
                ('place', models.CharField(blank=True, help_text='region code of the insured place 参保地', max_length=6)),
                ('reason', models.CharField(blank=True, choices=[('', 'None'), ('elsewhere', 'Elsewhere'), ('abroad', 'Abroad'), ('serving', 'Serving'), ('imprisoned', 'Imprisoned'), ('deceased', 'Deceased'), ('unwilling', 'Unwilling'), ('unable', 'Unable'), ('unknown', 'Unknown')], default='', max_length=10)),
                ('address', models.BigIntegerField(help_text="pseudonym of the household's address", null=True)),
                ('blood_group', models.CharField(blank=True, max_length=4)),
                ('updated_at', models.DateTimeField()),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='claims.enrolee')),
            ],
        ),
        migrations.CreateModel(
            name='HistoryChange',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('claim', 'Claim'), ('person', 'Person'), ('forgotten', 'Forgotten')], max_length=9)),
                ('claim', models.BigIntegerField(null=True)),
                ('person', models.BigIntegerField(null=True)),
                ('becomes', models.BigIntegerField(help_text='the pseudonym that stands there from now on', null=True)),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('running', 'Running'), ('accepted', 'Accepted'), ('published', 'Published'), ('failed', 'Failed')], default='running', max_length=9)),
                ('source', models.CharField(max_length=40)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('received', models.BigIntegerField(default=0)),
                ('accepted', models.BigIntegerField(default=0)),
                ('rejected', models.BigIntegerField(default=0)),
                ('done', models.PositiveSmallIntegerField(default=0, help_text='percent, for whoever watches')),
                ('problem', models.CharField(blank=True, help_text='code of the error that ended it', max_length=40)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('code', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(choices=[('hospital', 'Hospital'), ('clinic', 'Clinic'), ('pharmacy', 'Pharmacy'), ('internet', 'Internet')], default='hospital', max_length=8)),
                ('level', models.PositiveSmallIntegerField(default=0)),
                ('region', models.CharField(blank=True, max_length=6)),
                ('beds', models.PositiveIntegerField(default=0)),
                ('longitude', models.FloatField(null=True)),
                ('latitude', models.FloatField(null=True)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='ClinicalExtract',
            fields=[
                ('settlement', models.OneToOneField(db_column='claim', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='claims.settlement')),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='settlement',
            name='person',
            field=models.ForeignKey(db_column='person', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.enrolee', to_field='person'),
        ),
        migrations.CreateModel(
            name='EnroleeSource',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=40)),
                ('number_index', models.BinaryField(help_text="blind index of the source's number of the person", max_length=16)),
                ('sealed', models.BinaryField(null=True)),
                ('enrolee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='claims.enrolee')),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('item', models.UUIDField(db_index=True)),
                ('page', models.PositiveIntegerField(null=True)),
                ('linked_at', models.DateTimeField()),
                ('linked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settlement', models.ForeignKey(db_column='claim', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='evidence', to='claims.settlement')),
            ],
        ),
        migrations.AddField(
            model_name='settlement',
            name='batch',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.import'),
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('line', models.BigIntegerField(primary_key=True, serialize=False)),
                ('served_at', models.DateTimeField()),
                ('item', models.CharField(max_length=30)),
                ('kind', models.CharField(choices=[('drug', 'Drug'), ('herb', 'Herb'), ('service', 'Service'), ('material', 'Material')], db_column='class', max_length=8)),
                ('fee_category', models.PositiveSmallIntegerField()),
                ('quantity', models.FloatField()),
                ('unit_price_fen', models.BigIntegerField()),
                ('amount_fen', models.BigIntegerField()),
                ('days_supply', models.IntegerField(null=True)),
                ('daily_dose', models.FloatField(null=True)),
                ('prescription', models.BigIntegerField(null=True)),
                ('doctor', models.CharField(blank=True, max_length=20)),
                ('department', models.CharField(blank=True, max_length=20)),
                ('trace', models.CharField(blank=True, max_length=100)),
                ('reversed', models.BooleanField(default=False)),
                ('settlement', models.ForeignKey(db_column='claim', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='fee_lines', to='claims.settlement')),
            ],
        ),
        migrations.CreateModel(
            name='LinkCandidate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('probability', models.FloatField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('same', 'Same'), ('different', 'Different')], default='open', max_length=9)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.enrolee')),
                ('right', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.enrolee')),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sources', models.JSONField(default=list, help_text='ids of the source entries that moved')),
                ('claims', models.JSONField(default=list, help_text='the settlements that moved')),
                ('probability', models.FloatField()),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(help_text='none: the linkage', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.enrolee')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.enrolee')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Prescription',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('doctor', models.CharField(blank=True, max_length=20)),
                ('prescribed_at', models.DateTimeField()),
                ('settlement', models.ForeignKey(db_column='claim', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='prescriptions', to='claims.settlement')),
            ],
        ),
        migrations.AddField(
            model_name='settlement',
            name='provider',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.provider'),
        ),
        migrations.CreateModel(
            name='Practitioner',
            fields=[
                ('code', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('department', models.CharField(blank=True, max_length=20)),
                ('profession', models.CharField(choices=[('doctor', 'Doctor'), ('nurse', 'Nurse'), ('pharmacist', 'Pharmacist'), ('technician', 'Technician')], default='doctor', max_length=10)),
                ('specialty', models.CharField(blank=True, max_length=40)),
                ('sealed', models.BinaryField(help_text='sealed JSON {"name"}', null=True)),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='practitioners', to='claims.provider')),
            ],
        ),
        migrations.CreateModel(
            name='Encounter',
            fields=[
                ('number', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('visit', models.CharField(choices=[('inpatient', 'Inpatient'), ('outpatient', 'Outpatient'), ('emergency', 'Emergency'), ('pharmacy', 'Pharmacy'), ('internet', 'Internet')], max_length=10)),
                ('began_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(db_column='person', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.enrolee', to_field='person')),
                ('provider', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.provider')),
            ],
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='claims.provider')),
            ],
        ),
        migrations.CreateModel(
            name='QuarantinedRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('file', models.PositiveIntegerField(help_text='which file of the import, from 1')),
                ('row', models.BigIntegerField(help_text='row of the file, from 1; 0: the file as a whole')),
                ('code', models.CharField(max_length=40)),
                ('field', models.CharField(blank=True, max_length=40)),
                ('sealed', models.BinaryField(help_text='sealed JSON {"file", "row"}: its name and the row as it came', null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quarantine', to='claims.import')),
            ],
        ),
        migrations.CreateModel(
            name='SettlementEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('corrected', 'Corrected'), ('reversed', 'Reversed')], max_length=9)),
                ('version', models.PositiveIntegerField(help_text='the version it made')),
                ('at', models.DateTimeField()),
                ('sealed', models.BinaryField(help_text='sealed JSON of header and lines before', null=True)),
                ('batch', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='claims.import')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settlement', models.ForeignKey(db_column='claim', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.settlement')),
            ],
        ),
        migrations.AddIndex(
            model_name='enrolee',
            index=models.Index(fields=['id_index'], name='enrolee_by_id_number'),
        ),
        migrations.AddConstraint(
            model_name='enrolee',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), models.Q(('status', 'enrolled'), _negated=True), _connector='OR'), name='enrolee_reason_when_not_enrolled'),
        ),
        migrations.AddConstraint(
            model_name='enroleesource',
            constraint=models.UniqueConstraint(fields=('source', 'number_index'), name='enrolee_source_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('settlement', 'item', 'page'), name='evidence_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='linkcandidate',
            constraint=models.UniqueConstraint(fields=('left', 'right'), name='link_candidate_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('gone',), name='merged_into_one'),
        ),
        migrations.AddIndex(
            model_name='settlement',
            index=models.Index(fields=['-settled_at', '-claim'], name='settlement_newest'),
        ),
        migrations.AddIndex(
            model_name='settlement',
            index=models.Index(fields=['provider', '-settled_at'], name='settlement_of_provider'),
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.UniqueConstraint(fields=('provider', 'code'), name='claims_department_once'),
        ),
        migrations.AddIndex(
            model_name='quarantinedrow',
            index=models.Index(fields=['batch', 'file', 'row'], name='quarantine_in_order'),
        ),
        migrations.AddConstraint(
            model_name='settlementevent',
            constraint=models.UniqueConstraint(fields=('settlement', 'version'), name='settlement_version_once'),
        ),
    ]
