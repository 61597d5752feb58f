CREATE SCHEMA credit;
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public.claims_paid_by_two() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM claims_settlementevent e
        WHERE e.claim = NEW.claim AND e.version = NEW.version AND NEW.total_fen = OLD.total_fen
          AND NEW.own_fen = OLD.own_fen AND (
            e.kind = 'recovered' AND e.amount_fen = OLD.fund_fen - NEW.fund_fen
            OR e.kind = 'restored' AND e.amount_fen = NEW.fund_fen - OLD.fund_fen)
    ) THEN
        RAISE EXCEPTION 'settled funds change only by two persons' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE TABLE credit.appeal (
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    ground character varying(16) NOT NULL,
    filed_by uuid NOT NULL,
    filed_on date NOT NULL,
    due_on date NOT NULL,
    outcome character varying(16) NOT NULL,
    entered_by uuid,
    entered_at timestamp with time zone,
    deduction_id uuid,
    measure_id uuid,
    CONSTRAINT credit_appeal_against_one CHECK ((((deduction_id IS NOT NULL) AND (measure_id IS NULL)) OR ((deduction_id IS NULL) AND (measure_id IS NOT NULL)))),
    CONSTRAINT credit_appeal_by_two CHECK ((((decided_by IS NULL) AND ((state)::text = 'asked'::text)) OR ((NOT ((state)::text = 'asked'::text)) AND (decided_at IS NOT NULL) AND (decided_by IS NOT NULL) AND (NOT ((decided_by = entered_by) AND (decided_by IS NOT NULL) AND (entered_by IS NOT NULL)))))),
    CONSTRAINT credit_appeal_decided CHECK ((((state)::text = 'asked'::text) OR (entered_by IS NOT NULL))),
    CONSTRAINT credit_appeal_pattern CHECK ((((ground)::text = ANY (ARRAY[('facts'::character varying)::text, ('responsibility'::character varying)::text, ('points'::character varying)::text, ('procedure'::character varying)::text, ('person'::character varying)::text, ('overturned'::character varying)::text])) AND ((outcome)::text = ANY (ARRAY[(''::character varying)::text, ('upheld'::character varying)::text, ('rejected'::character varying)::text])) AND ((filed_on <= due_on) OR ((ground)::text = 'overturned'::text)))),
    CONSTRAINT credit_appeal_prepared CHECK ((((entered_by IS NULL) AND ((outcome)::text = ''::text)) OR ((NOT ((outcome)::text = ''::text)) AND (entered_by IS NOT NULL)))),
    CONSTRAINT credit_appeal_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('in_force'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text])))
);
CREATE TABLE credit.confirmation (
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    term character varying(40) NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT credit_confirmation_by_two CHECK ((((decided_by IS NULL) AND ((state)::text = 'asked'::text)) OR ((NOT ((state)::text = 'asked'::text)) AND (decided_at IS NOT NULL) AND (decided_by IS NOT NULL) AND (NOT ((decided_by = entered_by) AND (decided_by IS NOT NULL)))))),
    CONSTRAINT credit_confirmation_digest CHECK (((digest IS NULL) OR (octet_length(digest) = 32))),
    CONSTRAINT credit_confirmation_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('in_force'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text]))),
    CONSTRAINT credit_confirmation_term CHECK (((term)::text ~ '^(end:)?(points:A[0-9]{2}(-[0-9]{1,2})?|rule:[a-z_]{1,32})$'::text))
);
CREATE TABLE credit.decision (
    id uuid NOT NULL,
    issuer character varying(6) NOT NULL,
    series character varying(16) NOT NULL,
    year smallint NOT NULL,
    serial integer NOT NULL,
    provider character varying(12) NOT NULL,
    effective_on date NOT NULL,
    entered_by uuid NOT NULL,
    CONSTRAINT credit_decision_against CHECK (((((provider)::text ~ '^[HP][0-9]{11}$'::text) AND ((series)::text = ANY (ARRAY[('penalty'::character varying)::text, ('agreement'::character varying)::text]))) OR (((provider)::text = ''::text) AND ((series)::text = 'person'::text)))),
    CONSTRAINT credit_decision_pattern CHECK ((((issuer)::text ~ '^[0-9]{6}$'::text) AND ((serial >= 1) AND (serial <= 99999)) AND ((year >= 2021) AND (year <= 2999))))
);
CREATE TABLE credit.deduction (
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    behaviour character varying(8) NOT NULL,
    responsibility character varying(16) NOT NULL,
    points smallint NOT NULL,
    year smallint NOT NULL,
    months smallint NOT NULL,
    is_local boolean NOT NULL,
    served_on date,
    decision_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    CONSTRAINT credit_deduction_by_two CHECK ((((decided_by IS NULL) AND ((state)::text = 'asked'::text)) OR ((NOT ((state)::text = 'asked'::text)) AND (decided_at IS NOT NULL) AND (decided_by IS NOT NULL) AND (NOT ((decided_by = entered_by) AND (decided_by IS NOT NULL)))))),
    CONSTRAINT credit_deduction_pattern CHECK ((((behaviour)::text ~ '^A[0-9]{2}(-[0-9]{1,2})?$'::text) AND ((responsibility)::text = ANY (ARRAY[('general'::character varying)::text, ('important'::character varying)::text, ('main'::character varying)::text])))),
    CONSTRAINT credit_deduction_points CHECK (((months >= 0) AND (months <= 6) AND ((points >= 1) AND (points <= 12)) AND ((year >= 2021) AND (year <= 2999)))),
    CONSTRAINT credit_deduction_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('in_force'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text])))
);
CREATE TABLE credit.log (
    "position" bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor uuid,
    action character varying(24) NOT NULL,
    subject uuid,
    about uuid,
    state bytea NOT NULL,
    previous bytea NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT credit_log_action CHECK (((action)::text = ANY (ARRAY[('subject.opened'::character varying)::text, ('decision.kept'::character varying)::text, ('deduction.asked'::character varying)::text, ('deduction.in_force'::character varying)::text, ('deduction.refused'::character varying)::text, ('deduction.withdrawn'::character varying)::text, ('measure.asked'::character varying)::text, ('measure.in_force'::character varying)::text, ('measure.refused'::character varying)::text, ('measure.withdrawn'::character varying)::text, ('repair.asked'::character varying)::text, ('repair.in_force'::character varying)::text, ('repair.refused'::character varying)::text, ('appeal.filed'::character varying)::text, ('appeal.asked'::character varying)::text, ('appeal.in_force'::character varying)::text, ('appeal.refused'::character varying)::text, ('confirmation.asked'::character varying)::text, ('confirmation.in_force'::character varying)::text, ('confirmation.refused'::character varying)::text, ('confirmation.withdrawn'::character varying)::text, ('card.shown'::character varying)::text, ('list.shown'::character varying)::text, ('list.exported'::character varying)::text]))),
    CONSTRAINT credit_log_digest CHECK (((digest IS NULL) OR (octet_length(digest) = 32))),
    CONSTRAINT credit_log_previous CHECK (((previous IS NULL) OR (octet_length(previous) = 32))),
    CONSTRAINT credit_log_state CHECK (((state IS NULL) OR (octet_length(state) = 32)))
);
CREATE TABLE credit.mark (
    digest bytea NOT NULL,
    subject_id uuid NOT NULL,
    CONSTRAINT credit_mark_digest CHECK (((digest IS NULL) OR (octet_length(digest) = 16)))
);
CREATE TABLE credit.measure (
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    kind character varying(16) NOT NULL,
    behaviour character varying(8) NOT NULL,
    months smallint NOT NULL,
    from_on date,
    until_on date,
    decision_id uuid NOT NULL,
    deduction_id uuid,
    subject_id uuid NOT NULL,
    CONSTRAINT credit_measure_by_two CHECK ((((decided_by IS NULL) AND ((state)::text = 'asked'::text)) OR ((NOT ((state)::text = 'asked'::text)) AND (decided_at IS NOT NULL) AND (decided_by IS NOT NULL) AND (NOT ((decided_by = entered_by) AND (decided_by IS NOT NULL)))))),
    CONSTRAINT credit_measure_dates CHECK ((((from_on IS NULL) AND (until_on IS NULL)) OR (until_on > from_on))),
    CONSTRAINT credit_measure_pattern CHECK ((((behaviour)::text ~ '^A[0-9]{2}(-[0-9]{1,2})?$'::text) AND ((kind)::text = ANY (ARRAY[('suspended'::character varying)::text, ('terminated'::character varying)::text, ('network'::character varying)::text])) AND ((months >= 1) AND (months <= 36)))),
    CONSTRAINT credit_measure_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('in_force'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text])))
);
CREATE TABLE credit.repair (
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    activity character varying(16) NOT NULL,
    done_on date NOT NULL,
    points smallint NOT NULL,
    subject_id uuid NOT NULL,
    CONSTRAINT credit_repair_by_two CHECK ((((decided_by IS NULL) AND ((state)::text = 'asked'::text)) OR ((NOT ((state)::text = 'asked'::text)) AND (decided_at IS NOT NULL) AND (decided_by IS NOT NULL) AND (NOT ((decided_by = entered_by) AND (decided_by IS NOT NULL)))))),
    CONSTRAINT credit_repair_pattern CHECK ((((activity)::text = ANY (ARRAY[('training'::character varying)::text, ('exam'::character varying)::text, ('self_review'::character varying)::text, ('service'::character varying)::text])) AND ((points >= 1) AND (points <= 12)))),
    CONSTRAINT credit_repair_state CHECK (((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('in_force'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text])))
);
CREATE TABLE credit.subject (
    id uuid NOT NULL,
    kind character varying(16) NOT NULL,
    code character varying(13),
    profession character varying(16) NOT NULL,
    provider character varying(12) NOT NULL,
    sealed_id bytea,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT credit_subject_is_one_of_two CHECK (((((code)::text ~ '^[A-Z][0-9]{12}$'::text) AND ((kind)::text = 'practitioner'::text) AND ((profession)::text = ANY (ARRAY[('doctor'::character varying)::text, ('nurse'::character varying)::text, ('pharmacist'::character varying)::text, ('technician'::character varying)::text, ('reviewer'::character varying)::text, ('pharmacy_head'::character varying)::text])) AND ((provider)::text ~ '^[HP][0-9]{11}$'::text) AND (sealed_id IS NULL)) OR ((code IS NULL) AND ((kind)::text = 'person'::text) AND ((profession)::text = ''::text) AND ((provider)::text = ''::text) AND (sealed_id IS NOT NULL)))),
    CONSTRAINT credit_subject_sealed CHECK (((sealed_id IS NULL) OR (octet_length(sealed_id) = 49)))
);
CREATE TABLE public.access_certifiedcopy (
    number character varying(40) NOT NULL,
    id uuid NOT NULL,
    item uuid NOT NULL,
    reference_code character varying(80) NOT NULL,
    version integer NOT NULL,
    pages integer[] NOT NULL,
    digest bytea NOT NULL,
    files bytea[] NOT NULL,
    sealed bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id uuid NOT NULL,
    CONSTRAINT access_certifiedcopy_version_check CHECK ((version >= 0))
);
CREATE TABLE public.access_impactassessment (
    number bigint NOT NULL,
    id uuid NOT NULL,
    occasion character varying(24) NOT NULL,
    sealed bytea NOT NULL,
    made_on date NOT NULL,
    keep_until date NOT NULL,
    made_by_id uuid NOT NULL
);
ALTER TABLE public.access_impactassessment ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_impactassessment_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_leaknotice (
    number bigint NOT NULL,
    id uuid NOT NULL,
    found_at timestamp with time zone NOT NULL,
    persons integer NOT NULL,
    sealed bytea NOT NULL,
    authority_told_at timestamp with time zone,
    persons_told_at timestamp with time zone,
    sealed_waiver bytea,
    closed_at timestamp with time zone,
    reported_by_id uuid NOT NULL,
    CONSTRAINT access_leaknotice_persons_check CHECK ((persons >= 0))
);
ALTER TABLE public.access_leaknotice ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_leaknotice_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_ledback (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    sealed bytea NOT NULL,
    asked_by_id uuid NOT NULL,
    release_id bigint NOT NULL
);
CREATE TABLE public.access_loan (
    number bigint NOT NULL,
    id uuid NOT NULL,
    form character varying(8) NOT NULL,
    state character varying(10) NOT NULL,
    purpose character varying(16) NOT NULL,
    hours integer NOT NULL,
    persons integer NOT NULL,
    wants_download boolean NOT NULL,
    has_download boolean NOT NULL,
    sealed bytea NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    until timestamp with time zone,
    fetch_by date,
    handed_over_at timestamp with time zone,
    condition_out character varying(10) NOT NULL,
    over_at timestamp with time zone,
    condition_back character varying(10) NOT NULL,
    sealed_condition bytea,
    chased integer NOT NULL,
    closed_at timestamp with time zone,
    borrower_id uuid NOT NULL,
    handed_over_by_id uuid,
    taken_back_by_id uuid,
    CONSTRAINT access_loan_chased_check CHECK ((chased >= 0)),
    CONSTRAINT access_loan_hours_check CHECK ((hours >= 0)),
    CONSTRAINT access_loan_persons_check CHECK ((persons >= 0)),
    CONSTRAINT loan_handed_over_by_another CHECK (((handed_over_by_id IS NULL) OR (NOT ((handed_over_by_id = borrower_id) AND (handed_over_by_id IS NOT NULL))))),
    CONSTRAINT loan_taken_back_by_another CHECK (((taken_back_by_id IS NULL) OR ((form)::text = 'screen'::text) OR (NOT ((taken_back_by_id = borrower_id) AND (taken_back_by_id IS NOT NULL)))))
);
ALTER TABLE public.access_loan ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_loan_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_loanitem (
    id bigint NOT NULL,
    item uuid NOT NULL,
    reference_code character varying(80) NOT NULL,
    sensitivity character varying(12) NOT NULL,
    volume uuid,
    page_count integer NOT NULL,
    is_out boolean NOT NULL,
    loan_id bigint NOT NULL,
    series_id character varying(16) NOT NULL,
    CONSTRAINT access_loanitem_page_count_check CHECK ((page_count >= 0))
);
ALTER TABLE public.access_loanitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_loanitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_loanstep (
    id bigint NOT NULL,
    ordinal smallint NOT NULL,
    part character varying(8) NOT NULL,
    decided_at timestamp with time zone,
    is_allowed boolean,
    sealed_reason bytea,
    borrower_id uuid NOT NULL,
    decided_by_id uuid,
    department_id character varying(32),
    loan_id bigint NOT NULL,
    CONSTRAINT access_loanstep_ordinal_check CHECK ((ordinal >= 0)),
    CONSTRAINT loan_step_not_by_borrower CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = borrower_id) AND (decided_by_id IS NOT NULL)))))
);
ALTER TABLE public.access_loanstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_loanstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_personrequest (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    relation character varying(10) NOT NULL,
    person bytea NOT NULL,
    sealed bytea NOT NULL,
    asked_on date NOT NULL,
    due_on date NOT NULL,
    state character varying(8) NOT NULL,
    decided_at timestamp with time zone,
    sealed_answer bytea,
    decided_by_id uuid,
    received_by_id uuid NOT NULL
);
ALTER TABLE public.access_personrequest ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_personrequest_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_release (
    number bigint NOT NULL,
    id uuid NOT NULL,
    plan jsonb NOT NULL,
    risk jsonb NOT NULL,
    digest bytea NOT NULL,
    state character varying(10) NOT NULL,
    sealed bytea NOT NULL,
    sealed_key bytea,
    sealed_digest_key bytea,
    made_at timestamp with time zone NOT NULL,
    allowed_at timestamp with time zone,
    fetched_at timestamp with time zone,
    allowed_by_id uuid,
    asked_by_id uuid NOT NULL,
    CONSTRAINT release_allowed_by_another CHECK (((allowed_by_id IS NULL) OR (NOT ((allowed_by_id = asked_by_id) AND (allowed_by_id IS NOT NULL)))))
);
ALTER TABLE public.access_release ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_release_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_savedview (
    id uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    sealed bytea NOT NULL,
    staff_id uuid NOT NULL
);
CREATE TABLE public.access_synonym (
    id uuid NOT NULL,
    digest bytea NOT NULL,
    sealed bytea NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    accepted_by_id uuid NOT NULL,
    ended_by_id uuid,
    series_id character varying(16)
);
CREATE TABLE public.access_use (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    number character varying(40) NOT NULL,
    used_on date NOT NULL,
    purpose character varying(16) NOT NULL,
    persons integer NOT NULL,
    volumes integer NOT NULL,
    items integer NOT NULL,
    pages integer NOT NULL,
    effect character varying(16) NOT NULL,
    sealed_effect bytea,
    effect_at timestamp with time zone,
    by_id uuid NOT NULL,
    copy_id character varying(40),
    department_id character varying(32),
    loan_id bigint,
    CONSTRAINT access_use_items_check CHECK ((items >= 0)),
    CONSTRAINT access_use_pages_check CHECK ((pages >= 0)),
    CONSTRAINT access_use_persons_check CHECK ((persons >= 0)),
    CONSTRAINT access_use_volumes_check CHECK ((volumes >= 0))
);
CREATE TABLE public.access_useanalysis (
    id uuid NOT NULL,
    year smallint NOT NULL,
    quarter smallint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    sealed bytea NOT NULL,
    made_by_id uuid NOT NULL,
    CONSTRAINT access_useanalysis_quarter_check CHECK ((quarter >= 0)),
    CONSTRAINT access_useanalysis_year_check CHECK ((year >= 0))
);
CREATE TABLE public.access_useday (
    id bigint NOT NULL,
    day date NOT NULL,
    records integer NOT NULL,
    staff_id uuid NOT NULL,
    CONSTRAINT access_useday_records_check CHECK ((records >= 0))
);
ALTER TABLE public.access_useday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_useday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_usedoubt (
    id uuid NOT NULL,
    rule character varying(32) NOT NULL,
    day date NOT NULL,
    facts jsonb NOT NULL,
    evidence jsonb NOT NULL,
    found_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    sealed_note bytea,
    decided_by_id uuid,
    staff_id uuid NOT NULL,
    CONSTRAINT use_doubt_decided_by_another CHECK ((((decided_by_id IS NULL) AND ((state)::text = 'open'::text)) OR ((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND (NOT ((decided_by_id = staff_id) AND (decided_by_id IS NOT NULL))))))
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.checks_checkscheme (
    id bigint NOT NULL,
    number integer NOT NULL,
    rows jsonb NOT NULL,
    approved_at timestamp with time zone NOT NULL,
    approved_by_id uuid NOT NULL,
    asked_by_id uuid NOT NULL,
    fonds_id character varying(4) NOT NULL,
    CONSTRAINT check_scheme_by_two CHECK ((NOT (asked_by_id = approved_by_id))),
    CONSTRAINT checks_checkscheme_number_check CHECK ((number >= 0))
);
ALTER TABLE public.checks_checkscheme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.checks_checkscheme_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.checks_course (
    accession uuid NOT NULL,
    number character varying(24) NOT NULL,
    year smallint NOT NULL,
    state character varying(20) NOT NULL,
    round smallint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    until date,
    acceptor_id uuid,
    series_id character varying(16) NOT NULL,
    CONSTRAINT checks_course_round_check CHECK ((round >= 0)),
    CONSTRAINT checks_course_year_check CHECK ((year >= 0))
);
CREATE TABLE public.checks_failure (
    id bigint NOT NULL,
    item uuid NOT NULL,
    code character varying(8) NOT NULL,
    run_id bigint NOT NULL
);
ALTER TABLE public.checks_failure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.checks_failure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.checks_handeditem (
    id bigint NOT NULL,
    item uuid NOT NULL,
    course_id uuid NOT NULL
);
ALTER TABLE public.checks_handeditem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.checks_handeditem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.checks_result (
    id uuid NOT NULL,
    ordinal smallint NOT NULL,
    code character varying(8) NOT NULL,
    mode character varying(8) NOT NULL,
    is_mandatory boolean NOT NULL,
    outcome character varying(8) NOT NULL,
    why character varying(40) NOT NULL,
    looked_at integer NOT NULL,
    flaws integer NOT NULL,
    evidence jsonb NOT NULL,
    attested character varying(8) NOT NULL,
    attested_at timestamp with time zone,
    sealed_reason bytea,
    attested_by_id uuid,
    run_id bigint NOT NULL,
    CONSTRAINT check_attested_by_somebody CHECK ((((attested)::text = ''::text) OR ((attested_by_id IS NOT NULL) AND (sealed_reason IS NOT NULL)))),
    CONSTRAINT checks_result_flaws_check CHECK ((flaws >= 0)),
    CONSTRAINT checks_result_looked_at_check CHECK ((looked_at >= 0)),
    CONSTRAINT checks_result_ordinal_check CHECK ((ordinal >= 0))
);
CREATE TABLE public.checks_run (
    number bigint NOT NULL,
    id uuid NOT NULL,
    accession uuid,
    stage character varying(10) NOT NULL,
    scheme character varying(24) NOT NULL,
    actor character varying(40) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    items integer NOT NULL,
    sealed_report bytea NOT NULL,
    report_digest bytea NOT NULL,
    item uuid,
    CONSTRAINT checks_run_items_check CHECK ((items >= 0))
);
ALTER TABLE public.checks_run ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.checks_run_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.checks_sample (
    id uuid NOT NULL,
    round smallint NOT NULL,
    seed character varying(80) NOT NULL,
    population integer NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    course_id uuid NOT NULL,
    drawn_by_id uuid NOT NULL,
    CONSTRAINT checks_sample_population_check CHECK ((population >= 0)),
    CONSTRAINT checks_sample_round_check CHECK ((round >= 0))
);
CREATE TABLE public.checks_sampleditem (
    id uuid NOT NULL,
    item uuid NOT NULL,
    ordinal integer NOT NULL,
    faults jsonb NOT NULL,
    judged_at timestamp with time zone,
    judged_by_id uuid,
    sample_id uuid NOT NULL,
    CONSTRAINT checks_sampleditem_ordinal_check CHECK ((ordinal >= 0))
);
CREATE TABLE public.checks_step (
    id uuid NOT NULL,
    state character varying(20) NOT NULL,
    round smallint NOT NULL,
    actor character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    sealed_reason bytea,
    course_id uuid NOT NULL,
    CONSTRAINT checks_step_round_check CHECK ((round >= 0))
);
CREATE TABLE public.claims_box (
    key uuid NOT NULL,
    family character varying(1) NOT NULL,
    sold double precision NOT NULL,
    person bigint,
    provider character varying(20) NOT NULL,
    region character varying(6) NOT NULL,
    document uuid,
    moved_at timestamp with time zone NOT NULL,
    is_locked boolean NOT NULL
)
PARTITION BY HASH (key);
CREATE TABLE public.claims_box_00 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_01 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_02 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_03 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_04 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_05 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_06 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_07 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_08 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_09 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_10 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_11 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_12 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_13 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_14 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_box_15 (
    key uuid CONSTRAINT claims_box_key_not_null NOT NULL,
    family character varying(1) CONSTRAINT claims_box_family_not_null NOT NULL,
    sold double precision CONSTRAINT claims_box_sold_not_null NOT NULL,
    person bigint,
    provider character varying(20) CONSTRAINT claims_box_provider_not_null NOT NULL,
    region character varying(6) CONSTRAINT claims_box_region_not_null NOT NULL,
    document uuid,
    moved_at timestamp with time zone CONSTRAINT claims_box_moved_at_not_null NOT NULL,
    is_locked boolean CONSTRAINT claims_box_is_locked_not_null NOT NULL
);
CREATE TABLE public.claims_boxalert (
    id uuid NOT NULL,
    key uuid NOT NULL,
    code character varying(100) NOT NULL,
    verdict character varying(16) NOT NULL,
    grade smallint NOT NULL,
    before character varying(20) NOT NULL,
    provider character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    outcome character varying(12) NOT NULL,
    closed_by_id uuid,
    CONSTRAINT claims_boxalert_grade_check CHECK ((grade >= 0))
);
CREATE TABLE public.claims_boxmove (
    id bigint NOT NULL,
    key uuid,
    kind character varying(6) NOT NULL,
    provider character varying(20) NOT NULL,
    region character varying(6) NOT NULL,
    person bigint,
    claim bigint,
    item character varying(30) NOT NULL,
    product character varying(14) NOT NULL,
    quantity double precision NOT NULL,
    is_split boolean NOT NULL,
    document uuid,
    moved_at timestamp with time zone NOT NULL,
    verdict character varying(16) NOT NULL
);
ALTER TABLE public.claims_boxmove ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_boxmove_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_clinicalextract (
    claim bigint NOT NULL,
    sealed bytea NOT NULL
);
CREATE TABLE public.claims_code (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(300) NOT NULL,
    list_id bigint NOT NULL
);
ALTER TABLE public.claims_code ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_code_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_datedentry (
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    digest bytea NOT NULL,
    id_index bytea,
    sealed bytea,
    code character varying(20) NOT NULL,
    why character varying(8) NOT NULL,
    from_on date NOT NULL,
    until_on date,
    list_id bigint NOT NULL,
    CONSTRAINT dated_entry_forward CHECK (((until_on IS NULL) OR (until_on >= from_on))),
    CONSTRAINT dated_entry_of_somebody CHECK (((((code)::text = ''::text) AND (id_index IS NOT NULL) AND (sealed IS NOT NULL)) OR ((id_index IS NULL) AND (sealed IS NULL) AND (NOT ((code)::text = ''::text)))))
);
CREATE TABLE public.claims_department (
    id bigint NOT NULL,
    code character varying(20) NOT NULL,
    name character varying(60) NOT NULL,
    provider_id character varying(20) NOT NULL
);
ALTER TABLE public.claims_department ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_department_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_drgscheme (
    id uuid NOT NULL,
    code character varying(40) NOT NULL,
    version character varying(40) NOT NULL,
    name character varying(200) NOT NULL,
    source character varying(200) NOT NULL,
    verified character varying(200) NOT NULL,
    effective_from date NOT NULL,
    approved_by character varying(100) NOT NULL,
    tables jsonb NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    by_id uuid
);
CREATE TABLE public.claims_encounter (
    number character varying(40) NOT NULL,
    visit character varying(10) NOT NULL,
    began_at timestamp with time zone,
    ended_at timestamp with time zone,
    person bigint NOT NULL,
    provider_id character varying(20) NOT NULL
);
CREATE TABLE public.claims_enrolee (
    id uuid NOT NULL,
    person bigint NOT NULL,
    id_index bytea,
    sealed bytea,
    sex smallint NOT NULL,
    born_on date,
    status character varying(12) NOT NULL,
    scheme character varying(3) NOT NULL,
    place character varying(6) NOT NULL,
    reason character varying(10) NOT NULL,
    address bigint,
    blood_group character varying(4) NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    merged_into_id uuid,
    CONSTRAINT claims_enrolee_sex_check CHECK ((sex >= 0)),
    CONSTRAINT enrolee_reason_when_not_enrolled CHECK ((((reason)::text = ''::text) OR (NOT ((status)::text = 'enrolled'::text))))
);
CREATE TABLE public.claims_enroleesource (
    id uuid NOT NULL,
    source character varying(40) NOT NULL,
    number_index bytea NOT NULL,
    sealed bytea,
    enrolee_id uuid NOT NULL
);
CREATE TABLE public.claims_evidence (
    id uuid NOT NULL,
    item uuid NOT NULL,
    page integer,
    linked_at timestamp with time zone NOT NULL,
    linked_by_id uuid NOT NULL,
    claim bigint NOT NULL,
    CONSTRAINT claims_evidence_page_check CHECK ((page >= 0))
);
CREATE TABLE public.claims_historychange (
    number bigint NOT NULL,
    kind character varying(9) NOT NULL,
    claim bigint,
    person bigint,
    becomes bigint,
    made_at timestamp with time zone NOT NULL
);
ALTER TABLE public.claims_historychange ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historychange_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_import (
    number bigint NOT NULL,
    id uuid NOT NULL,
    state character varying(9) NOT NULL,
    source character varying(40) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    received bigint NOT NULL,
    accepted bigint NOT NULL,
    rejected bigint NOT NULL,
    done smallint NOT NULL,
    problem character varying(40) NOT NULL,
    by_id uuid,
    warned jsonb NOT NULL,
    has_boxes_entered boolean NOT NULL,
    CONSTRAINT claims_import_done_check CHECK ((done >= 0))
);
ALTER TABLE public.claims_import ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_import_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_line (
    line bigint NOT NULL,
    served_at timestamp with time zone NOT NULL,
    item character varying(30) NOT NULL,
    class character varying(8) NOT NULL,
    fee_category smallint NOT NULL,
    quantity double precision NOT NULL,
    unit_price_fen bigint NOT NULL,
    amount_fen bigint NOT NULL,
    days_supply integer,
    daily_dose double precision,
    prescription bigint,
    doctor character varying(20) NOT NULL,
    department character varying(20) NOT NULL,
    trace character varying(100) NOT NULL,
    reversed boolean NOT NULL,
    claim bigint NOT NULL,
    CONSTRAINT claims_line_fee_category_check CHECK ((fee_category >= 0))
);
CREATE TABLE public.claims_linkcandidate (
    id uuid NOT NULL,
    probability double precision NOT NULL,
    state character varying(9) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id uuid,
    left_id uuid NOT NULL,
    right_id uuid NOT NULL
);
CREATE TABLE public.claims_merge (
    id uuid NOT NULL,
    sources jsonb NOT NULL,
    claims jsonb NOT NULL,
    probability double precision NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    by_id uuid,
    gone_id uuid NOT NULL,
    kept_id uuid NOT NULL,
    undone_by_id uuid
);
CREATE TABLE public.claims_practitioner (
    code character varying(20) NOT NULL,
    department character varying(20) NOT NULL,
    profession character varying(10) NOT NULL,
    specialty character varying(40) NOT NULL,
    sealed bytea,
    provider_id character varying(20) NOT NULL
);
CREATE TABLE public.claims_prescription (
    number bigint NOT NULL,
    doctor character varying(20) NOT NULL,
    prescribed_at timestamp with time zone NOT NULL,
    claim bigint NOT NULL
);
CREATE TABLE public.claims_product (
    id bigint NOT NULL,
    trace_prefix character varying(7) NOT NULL,
    product character varying(14) NOT NULL,
    item character varying(30) NOT NULL,
    bound_at timestamp with time zone NOT NULL,
    list_id bigint
);
ALTER TABLE public.claims_product ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_provider (
    code character varying(20) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(8) NOT NULL,
    level smallint NOT NULL,
    region character varying(6) NOT NULL,
    beds integer NOT NULL,
    longitude double precision,
    latitude double precision,
    CONSTRAINT claims_provider_beds_check CHECK ((beds >= 0)),
    CONSTRAINT claims_provider_level_check CHECK ((level >= 0))
);
CREATE TABLE public.claims_quarantinedrow (
    id bigint NOT NULL,
    file integer NOT NULL,
    "row" bigint NOT NULL,
    code character varying(40) NOT NULL,
    field character varying(40) NOT NULL,
    sealed bytea,
    batch_id bigint NOT NULL,
    marks bigint[],
    CONSTRAINT claims_quarantinedrow_file_check CHECK ((file >= 0))
);
ALTER TABLE public.claims_quarantinedrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_quarantinedrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_settlement (
    claim bigint NOT NULL,
    number character varying(40) NOT NULL,
    encounter character varying(40) NOT NULL,
    visit character varying(10) NOT NULL,
    admitted_at timestamp with time zone,
    discharged_at timestamp with time zone,
    settled_at timestamp with time zone NOT NULL,
    department character varying(20) NOT NULL,
    doctor character varying(20) NOT NULL,
    scheme character varying(3) NOT NULL,
    region character varying(6) NOT NULL,
    discharge_way smallint,
    total_fen bigint NOT NULL,
    fund_fen bigint NOT NULL,
    own_fen bigint NOT NULL,
    fees jsonb NOT NULL,
    funds jsonb NOT NULL,
    sealed bytea,
    reversed boolean NOT NULL,
    lines integer NOT NULL,
    version integer NOT NULL,
    digest uuid NOT NULL,
    person bigint NOT NULL,
    batch_id bigint NOT NULL,
    provider_id character varying(20) NOT NULL,
    CONSTRAINT claims_settlement_discharge_way_check CHECK ((discharge_way >= 0)),
    CONSTRAINT claims_settlement_lines_check CHECK ((lines >= 0)),
    CONSTRAINT claims_settlement_version_check CHECK ((version >= 0))
);
CREATE TABLE public.claims_settlementevent (
    id uuid NOT NULL,
    kind character varying(9) NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    sealed bytea,
    batch_id bigint,
    by_id uuid,
    claim bigint NOT NULL,
    amount_fen bigint,
    approval uuid,
    asked_by_id uuid,
    decision character varying(40) NOT NULL,
    CONSTRAINT claims_settlementevent_version_check CHECK ((version >= 0)),
    CONSTRAINT settlement_recovered_by_two CHECK (((NOT ((kind)::text = ANY (ARRAY[('recovered'::character varying)::text, ('restored'::character varying)::text]))) OR ((amount_fen > 0) AND (approval IS NOT NULL) AND (asked_by_id IS NOT NULL) AND (by_id IS NOT NULL) AND (NOT ((asked_by_id = by_id) AND (asked_by_id IS NOT NULL) AND (by_id IS NOT NULL))))))
);
CREATE TABLE public.claims_takenlist (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    source character varying(80) NOT NULL,
    dated_on date NOT NULL,
    rows integer NOT NULL,
    fresh integer NOT NULL,
    rejected integer NOT NULL,
    problems jsonb NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    by_id uuid,
    CONSTRAINT claims_takenlist_fresh_check CHECK ((fresh >= 0)),
    CONSTRAINT claims_takenlist_rejected_check CHECK ((rejected >= 0)),
    CONSTRAINT claims_takenlist_rows_check CHECK ((rows >= 0))
);
ALTER TABLE public.claims_takenlist ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_takenlist_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.collection_businesssystem (
    id uuid NOT NULL,
    code character varying(24) NOT NULL,
    name character varying(80) NOT NULL,
    token_digest bytea NOT NULL,
    token_tail character varying(4) NOT NULL,
    scopes character varying(16)[] NOT NULL,
    series character varying(16)[] NOT NULL,
    calls_a_minute integer NOT NULL,
    minute timestamp with time zone,
    calls integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    made_by_id uuid NOT NULL,
    revoked_by_id uuid,
    CONSTRAINT collection_businesssystem_calls_a_minute_check CHECK ((calls_a_minute >= 0)),
    CONSTRAINT collection_businesssystem_calls_check CHECK ((calls >= 0))
);
CREATE TABLE public.collection_case (
    id uuid NOT NULL,
    digest bytea NOT NULL,
    request_digest bytea,
    sealed bytea NOT NULL,
    year smallint NOT NULL,
    institution character varying(20) NOT NULL,
    item uuid,
    has_electronic boolean NOT NULL,
    has_paper boolean NOT NULL,
    received_at timestamp with time zone NOT NULL,
    accession_id uuid,
    series_id character varying(16) NOT NULL,
    system_id uuid,
    CONSTRAINT collection_case_year_check CHECK ((year >= 0))
);
CREATE TABLE public.collection_casematerial (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    name character varying(120) NOT NULL,
    is_required boolean NOT NULL,
    is_original boolean NOT NULL,
    is_scan_required boolean NOT NULL,
    is_paper_kept boolean NOT NULL,
    state character varying(10) NOT NULL,
    came_at timestamp with time zone,
    asked_at timestamp with time zone,
    case_id uuid NOT NULL,
    CONSTRAINT collection_casematerial_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.collection_casematerial ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.collection_casematerial_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.collection_changesseen (
    id smallint NOT NULL,
    watermark bigint NOT NULL,
    CONSTRAINT collection_changesseen_id_check CHECK ((id >= 0))
);
CREATE TABLE public.collection_holiday (
    day date NOT NULL,
    is_working boolean NOT NULL,
    source character varying(200) NOT NULL
);
CREATE TABLE public.collection_institution (
    code character varying(20) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    sealed_contact bytea
);
CREATE TABLE public.collection_letter (
    number bigint NOT NULL,
    id uuid NOT NULL,
    round smallint NOT NULL,
    issued_by character varying(40) NOT NULL,
    issued_on date NOT NULL,
    answer_by date NOT NULL,
    way character varying(8) NOT NULL,
    sealed bytea NOT NULL,
    digest bytea NOT NULL,
    is_answered boolean NOT NULL,
    followed_by_id bigint,
    institution_id character varying(20),
    section_id character varying(32),
    CONSTRAINT collection_letter_round_check CHECK ((round >= 0))
);
ALTER TABLE public.collection_letter ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.collection_letter_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.collection_letterline (
    id bigint NOT NULL,
    letter_id bigint NOT NULL,
    material_id bigint,
    obligation_id uuid
);
ALTER TABLE public.collection_letterline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.collection_letterline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.collection_obligation (
    id uuid NOT NULL,
    period character varying(10) NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    due_on date NOT NULL,
    state character varying(8) NOT NULL,
    settled_at timestamp with time zone,
    next_reminder_on date,
    sealed_reason bytea,
    institution_id character varying(20),
    section_id character varying(32),
    requirement_id uuid NOT NULL
);
CREATE TABLE public.collection_ower (
    id bigint NOT NULL,
    institution_id character varying(20),
    section_id character varying(32),
    requirement_id uuid NOT NULL,
    CONSTRAINT ower_is_one_of_two CHECK ((((institution_id IS NULL) OR (section_id IS NULL)) AND (1 = (
CASE
    WHEN (institution_id IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (section_id IS NULL) THEN 1
    ELSE 0
END))))
);
ALTER TABLE public.collection_ower ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.collection_ower_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.collection_receipt (
    id bigint NOT NULL,
    records integer NOT NULL,
    is_automatic boolean NOT NULL,
    is_whole boolean NOT NULL,
    actor character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    accession_id uuid NOT NULL,
    obligation_id uuid NOT NULL,
    CONSTRAINT collection_receipt_records_check CHECK ((records >= 0))
);
ALTER TABLE public.collection_receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.collection_receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.collection_requirement (
    id uuid NOT NULL,
    title character varying(120) NOT NULL,
    every character varying(8) NOT NULL,
    day smallint NOT NULL,
    lag smallint NOT NULL,
    shift character varying(6) NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    expected integer,
    remind_days jsonb NOT NULL,
    chase_days smallint NOT NULL,
    basis character varying(200) NOT NULL,
    is_active boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id uuid NOT NULL,
    series_id character varying(16) NOT NULL,
    CONSTRAINT collection_requirement_chase_days_check CHECK ((chase_days >= 0)),
    CONSTRAINT collection_requirement_day_check CHECK ((day >= 0)),
    CONSTRAINT collection_requirement_expected_check CHECK ((expected >= 0)),
    CONSTRAINT collection_requirement_lag_check CHECK ((lag >= 0))
);
CREATE TABLE public.collection_sitting (
    accession_id uuid NOT NULL,
    pages jsonb NOT NULL,
    case_id uuid
);
CREATE TABLE public.disposition_appraisal (
    number bigint NOT NULL,
    id uuid NOT NULL,
    state character varying(10) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    reported_at timestamp with time zone,
    sealed_report bytea,
    opened_by_id uuid NOT NULL,
    reported_by_id uuid
);
ALTER TABLE public.disposition_appraisal ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_appraisal_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disposition_candidate (
    id uuid NOT NULL,
    ordinal integer NOT NULL,
    item uuid NOT NULL,
    reference_code character varying(80) NOT NULL,
    year smallint NOT NULL,
    term character varying(8) NOT NULL,
    due_year smallint NOT NULL,
    document_type character varying(40) NOT NULL,
    page_count integer NOT NULL,
    outcome character varying(10) NOT NULL,
    new_term character varying(8) NOT NULL,
    is_applied boolean NOT NULL,
    is_open boolean NOT NULL,
    appraisal_id bigint NOT NULL,
    series_id character varying(16) NOT NULL,
    CONSTRAINT disposition_candidate_due_year_check CHECK ((due_year >= 0)),
    CONSTRAINT disposition_candidate_ordinal_check CHECK ((ordinal >= 0)),
    CONSTRAINT disposition_candidate_page_count_check CHECK ((page_count >= 0)),
    CONSTRAINT disposition_candidate_year_check CHECK ((year >= 0))
);
CREATE TABLE public.disposition_destructionlist (
    number bigint NOT NULL,
    id uuid NOT NULL,
    state character varying(16) NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    wait_days smallint NOT NULL,
    filed_with character varying(80) NOT NULL,
    filing_number character varying(80) NOT NULL,
    filed_on date,
    approved_at timestamp with time zone,
    not_before date,
    begun_at timestamp with time zone,
    erased_at timestamp with time zone,
    complete_at timestamp with time zone,
    appraisal_id bigint NOT NULL,
    approved_by_id uuid,
    begun_by_id uuid,
    drawn_by_id uuid NOT NULL,
    filed_by_id uuid,
    CONSTRAINT destruction_approved_by_another CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = drawn_by_id) AND (approved_by_id IS NOT NULL))))),
    CONSTRAINT destruction_begun_when_approved CHECK (((begun_at IS NULL) OR (approved_by_id IS NOT NULL))),
    CONSTRAINT disposition_destructionlist_wait_days_check CHECK ((wait_days >= 0))
);
ALTER TABLE public.disposition_destructionlist ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_destructionlist_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disposition_holdorder (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    digest bytea,
    first_year smallint,
    last_year smallint,
    sealed bytea NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone,
    lift_allowed_by_id uuid,
    lift_asked_by_id uuid,
    placed_by_id uuid NOT NULL,
    series_id character varying(16),
    CONSTRAINT disposition_holdorder_first_year_check CHECK ((first_year >= 0)),
    CONSTRAINT disposition_holdorder_last_year_check CHECK ((last_year >= 0)),
    CONSTRAINT hold_lifted_by_two CHECK (((lifted_at IS NULL) OR ((lift_allowed_by_id IS NOT NULL) AND (lift_asked_by_id IS NOT NULL) AND (NOT ((lift_asked_by_id = lift_allowed_by_id) AND (lift_asked_by_id IS NOT NULL) AND (lift_allowed_by_id IS NOT NULL))))))
);
ALTER TABLE public.disposition_holdorder ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_holdorder_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disposition_instrumentdraft (
    number bigint NOT NULL,
    id uuid NOT NULL,
    state character varying(10) NOT NULL,
    rows jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    approved_by_id uuid,
    fonds_id character varying(4) NOT NULL,
    made_by_id uuid NOT NULL
);
ALTER TABLE public.disposition_instrumentdraft ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_instrumentdraft_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disposition_listitem (
    id bigint NOT NULL,
    ordinal integer NOT NULL,
    is_ended boolean NOT NULL,
    kept_because character varying(40) NOT NULL,
    candidate_id uuid NOT NULL,
    list_id bigint NOT NULL,
    CONSTRAINT disposition_listitem_ordinal_check CHECK ((ordinal >= 0))
);
ALTER TABLE public.disposition_listitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_listitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disposition_member (
    id bigint NOT NULL,
    part character varying(10) NOT NULL,
    appraisal_id bigint NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.disposition_member ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disposition_opinion (
    id uuid NOT NULL,
    choice character varying(10) NOT NULL,
    term character varying(8) NOT NULL,
    sealed_reason bytea,
    at timestamp with time zone NOT NULL,
    candidate_id uuid NOT NULL,
    member_id bigint NOT NULL
);
CREATE TABLE public.disposition_termconfirmation (
    id bigint NOT NULL,
    schedule_version character varying(32) NOT NULL,
    rule_code character varying(16) NOT NULL,
    term character varying(8) NOT NULL,
    source character varying(400) NOT NULL,
    at timestamp with time zone NOT NULL,
    asked_by_id uuid NOT NULL,
    confirmed_by_id uuid NOT NULL,
    CONSTRAINT term_confirmed_by_two CHECK ((NOT (asked_by_id = confirmed_by_id)))
);
ALTER TABLE public.disposition_termconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_termconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disposition_transfer (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(14) NOT NULL,
    receiver character varying(120) NOT NULL,
    form character varying(8) NOT NULL,
    keeping character varying(10) NOT NULL,
    state character varying(20) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    report_digest character varying(64) NOT NULL,
    packed_at timestamp with time zone,
    package_sha512 character varying(128) NOT NULL,
    package_size bigint NOT NULL,
    problem character varying(60) NOT NULL,
    handed_at timestamp with time zone,
    medium character varying(8) NOT NULL,
    sealed_receipt bytea,
    receipt_number character varying(80) NOT NULL,
    received_on date,
    approved_by_id uuid,
    handed_by_id uuid,
    proposed_by_id uuid NOT NULL,
    receipt_by_id uuid,
    CONSTRAINT transfer_approved_by_another CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = proposed_by_id) AND (approved_by_id IS NOT NULL))))),
    CONSTRAINT transfer_packed_when_approved CHECK (((packed_at IS NULL) OR (approved_by_id IS NOT NULL)))
);
ALTER TABLE public.disposition_transfer ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_transfer_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disposition_transferitem (
    id bigint NOT NULL,
    ordinal integer NOT NULL,
    item uuid NOT NULL,
    reference_code character varying(80) NOT NULL,
    year smallint NOT NULL,
    term character varying(8) NOT NULL,
    document_type character varying(40) NOT NULL,
    page_count integer NOT NULL,
    file_count integer NOT NULL,
    size bigint NOT NULL,
    is_open boolean NOT NULL,
    is_ended boolean NOT NULL,
    series_id character varying(16) NOT NULL,
    transfer_id bigint NOT NULL,
    CONSTRAINT disposition_transferitem_file_count_check CHECK ((file_count >= 0)),
    CONSTRAINT disposition_transferitem_ordinal_check CHECK ((ordinal >= 0)),
    CONSTRAINT disposition_transferitem_page_count_check CHECK ((page_count >= 0)),
    CONSTRAINT disposition_transferitem_year_check CHECK ((year >= 0))
);
ALTER TABLE public.disposition_transferitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_transferitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disposition_witness (
    id bigint NOT NULL,
    signed_at timestamp with time zone,
    list_id bigint NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.disposition_witness ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disposition_witness_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.duty_handover (
    number bigint NOT NULL,
    id uuid NOT NULL,
    lines jsonb NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    given_at timestamp with time zone,
    taken_at timestamp with time zone,
    drawn_by_id uuid NOT NULL,
    giver_id uuid NOT NULL,
    taker_id uuid NOT NULL,
    CONSTRAINT hand_over_between_two CHECK ((NOT (giver_id = taker_id)))
);
ALTER TABLE public.duty_handover ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duty_handover_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.duty_incident (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    happened_on date NOT NULL,
    item uuid,
    sealed bytea NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    sealed_outcome bytea,
    closed_at timestamp with time zone,
    closed_by_id uuid,
    reported_by_id uuid NOT NULL
);
ALTER TABLE public.duty_incident ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duty_incident_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.duty_processor (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    contract character varying(80) NOT NULL,
    work character varying(200) NOT NULL,
    since date NOT NULL,
    until date NOT NULL,
    CONSTRAINT processor_dates CHECK ((until > since))
);
CREATE TABLE public.duty_processor_accounts (
    id bigint NOT NULL,
    processor_id uuid NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.duty_processor_accounts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duty_processor_accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.duty_responsibility (
    id uuid NOT NULL,
    duty character varying(24) NOT NULL,
    document character varying(80) NOT NULL,
    since date NOT NULL,
    until date,
    appointed_by_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    CONSTRAINT responsibility_dates CHECK (((until IS NULL) OR (until >= since)))
);
CREATE TABLE public.holdings_alias (
    id bigint NOT NULL,
    reference_code character varying(80) NOT NULL,
    is_legacy_code boolean NOT NULL,
    since timestamp with time zone NOT NULL,
    item_id uuid NOT NULL
);
ALTER TABLE ONLY public.holdings_alias FORCE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_alias ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_alias_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holdings_change (
    id bigint NOT NULL,
    item uuid NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.holdings_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holdings_fonds (
    code character varying(4) NOT NULL,
    name_zh character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL
);
CREATE TABLE public.holdings_hold (
    id bigint NOT NULL,
    room character varying(16) NOT NULL,
    reason_code character varying(32) NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    item_id uuid NOT NULL,
    reference uuid
);
ALTER TABLE ONLY public.holdings_hold FORCE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_hold ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_hold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holdings_identifier (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    digest bytea NOT NULL,
    item_id uuid NOT NULL
);
ALTER TABLE ONLY public.holdings_identifier FORCE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_identifier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_identifier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holdings_item (
    id uuid NOT NULL,
    working_number character varying(40) NOT NULL,
    reference_code character varying(80),
    is_legacy_code boolean NOT NULL,
    is_paper_only boolean NOT NULL,
    state character varying(12) NOT NULL,
    year smallint NOT NULL,
    term character varying(8) NOT NULL,
    formed_on date,
    document_type character varying(40) NOT NULL,
    institution character varying(20) NOT NULL,
    security_class character varying(12) NOT NULL,
    page_count integer NOT NULL,
    has_seal boolean NOT NULL,
    confidence double precision,
    version integer NOT NULL,
    description bytea NOT NULL,
    description_digest bytea,
    accession uuid,
    created_at timestamp with time zone NOT NULL,
    filed_at timestamp with time zone,
    filed_by character varying(40) NOT NULL,
    series_id character varying(16) NOT NULL,
    volume_id uuid,
    due_year integer GENERATED ALWAYS AS (
CASE
    WHEN ((term)::text ~~ 'D%'::text) THEN ((GREATEST((year)::integer, (COALESCE(EXTRACT(year FROM formed_on), ((year)::integer)::numeric))::integer) + 1) + ("substring"((term)::text, 2))::integer)
    ELSE NULL::integer
END) STORED,
    volume_position integer,
    CONSTRAINT holdings_item_page_count_check CHECK ((page_count >= 0)),
    CONSTRAINT holdings_item_version_check CHECK ((version >= 0)),
    CONSTRAINT holdings_item_volume_position_check CHECK ((volume_position >= 0)),
    CONSTRAINT holdings_item_year_check CHECK ((year >= 0))
);
ALTER TABLE ONLY public.holdings_item FORCE ROW LEVEL SECURITY;
CREATE TABLE public.holdings_itemfile (
    id bigint NOT NULL,
    ordinal integer NOT NULL,
    locator character varying(160) NOT NULL,
    puid character varying(24) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    page_count integer NOT NULL,
    digest bytea NOT NULL,
    note bytea,
    item_id uuid NOT NULL,
    CONSTRAINT holdings_itemfile_ordinal_check CHECK ((ordinal >= 0)),
    CONSTRAINT holdings_itemfile_page_count_check CHECK ((page_count >= 0))
);
ALTER TABLE ONLY public.holdings_itemfile FORCE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_itemfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_itemfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holdings_itemscope (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    value character varying(64) NOT NULL,
    item_id uuid NOT NULL,
    sensitivity character varying(12) NOT NULL,
    fonds character varying(4) NOT NULL,
    series character varying(16) NOT NULL
);
ALTER TABLE ONLY public.holdings_itemscope FORCE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_itemscope ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_itemscope_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holdings_itemversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    actor character varying(40) NOT NULL,
    kind character varying(24) NOT NULL,
    reason bytea,
    ledger_entry uuid NOT NULL,
    item_id uuid NOT NULL,
    CONSTRAINT holdings_itemversion_number_check CHECK ((number >= 0))
);
ALTER TABLE ONLY public.holdings_itemversion FORCE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_itemversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_itemversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holdings_numbersequence (
    prefix character varying(80) NOT NULL,
    next_number integer NOT NULL,
    CONSTRAINT holdings_numbersequence_next_number_check CHECK ((next_number >= 0))
);
CREATE TABLE public.holdings_page (
    id uuid NOT NULL,
    number integer NOT NULL,
    index_in_file integer NOT NULL,
    is_read boolean NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    dpi integer NOT NULL,
    rotation smallint NOT NULL,
    skew double precision NOT NULL,
    is_blank boolean NOT NULL,
    has_seal boolean NOT NULL,
    text_origin character varying(8) NOT NULL,
    confidence double precision,
    reading bytea,
    file_id bigint NOT NULL,
    item_id uuid NOT NULL,
    CONSTRAINT holdings_page_dpi_check CHECK ((dpi >= 0)),
    CONSTRAINT holdings_page_height_check CHECK ((height >= 0)),
    CONSTRAINT holdings_page_index_in_file_check CHECK ((index_in_file >= 0)),
    CONSTRAINT holdings_page_number_check CHECK ((number >= 0)),
    CONSTRAINT holdings_page_rotation_check CHECK ((rotation >= 0)),
    CONSTRAINT holdings_page_width_check CHECK ((width >= 0))
);
ALTER TABLE ONLY public.holdings_page FORCE ROW LEVEL SECURITY;
CREATE TABLE public.holdings_pendingversion (
    item_id uuid NOT NULL,
    number integer NOT NULL,
    reference_code character varying(80),
    plan bytea NOT NULL,
    CONSTRAINT holdings_pendingversion_number_check CHECK ((number >= 0))
);
ALTER TABLE ONLY public.holdings_pendingversion FORCE ROW LEVEL SECURITY;
CREATE TABLE public.holdings_retentionrule (
    id bigint NOT NULL,
    schedule_version character varying(32) NOT NULL,
    code character varying(16) NOT NULL,
    category character varying(80) NOT NULL,
    title character varying(160) NOT NULL,
    scope_note character varying(240) NOT NULL,
    term character varying(8) NOT NULL,
    confidence character varying(8) NOT NULL,
    source text NOT NULL,
    is_verified boolean NOT NULL,
    effective_from date,
    approved_by character varying(80) NOT NULL
);
ALTER TABLE public.holdings_retentionrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_retentionrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holdings_schemeversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    effective_from date NOT NULL,
    approval_number character varying(80) NOT NULL,
    rows jsonb NOT NULL,
    ledger_entry uuid NOT NULL,
    fonds_id character varying(4) NOT NULL,
    CONSTRAINT holdings_schemeversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.holdings_schemeversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_schemeversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holdings_series (
    code character varying(16) NOT NULL,
    scheme_version character varying(32) NOT NULL,
    class_prefix character varying(24) NOT NULL,
    process character varying(16) NOT NULL,
    title_zh character varying(120) NOT NULL,
    title_en character varying(120) NOT NULL,
    arrangement character varying(8) NOT NULL,
    "position" integer NOT NULL,
    department_id character varying(32),
    fonds_id character varying(4) NOT NULL,
    parent_id character varying(16),
    retention_rule_id bigint,
    CONSTRAINT holdings_series_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.holdings_tombstone (
    item uuid NOT NULL,
    reference_code character varying(80) NOT NULL,
    is_legacy_code boolean NOT NULL,
    former_codes character varying(80)[] NOT NULL,
    year smallint NOT NULL,
    term character varying(8) NOT NULL,
    document_type character varying(40) NOT NULL,
    page_count integer NOT NULL,
    destroyed_at timestamp with time zone NOT NULL,
    list_number character varying(24) NOT NULL,
    ledger_entry uuid NOT NULL,
    erased_at timestamp with time zone,
    complete_at timestamp with time zone,
    series_id character varying(16) NOT NULL,
    CONSTRAINT holdings_tombstone_page_count_check CHECK ((page_count >= 0)),
    CONSTRAINT holdings_tombstone_year_check CHECK ((year >= 0))
);
CREATE TABLE public.holdings_volume (
    id uuid NOT NULL,
    year smallint NOT NULL,
    term character varying(8) NOT NULL,
    reference_code character varying(80),
    description bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sealed_at timestamp with time zone,
    series_id character varying(16) NOT NULL,
    dissolved_at timestamp with time zone,
    CONSTRAINT holdings_volume_year_check CHECK ((year >= 0))
);
ALTER TABLE ONLY public.holdings_volume FORCE ROW LEVEL SECURITY;
CREATE TABLE public.holdings_volumestep (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    at timestamp with time zone NOT NULL,
    actor character varying(40) NOT NULL,
    volumes uuid[] NOT NULL,
    before jsonb NOT NULL
);
ALTER TABLE ONLY public.holdings_volumestep FORCE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_volumestep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.holdings_volumestep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE SEQUENCE public.holdings_working_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.identity_brokenglass (
    id uuid NOT NULL,
    person character varying(64) NOT NULL,
    reason bytea NOT NULL,
    broken_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    verdict character varying(16) NOT NULL,
    remark bytea,
    reviewed_at timestamp with time zone,
    reviewed_by_id uuid,
    staff_id uuid NOT NULL
);
CREATE TABLE public.identity_department (
    code character varying(32) NOT NULL,
    kind character varying(16) NOT NULL,
    name_zh character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL
);
CREATE TABLE public.identity_factor (
    id uuid NOT NULL,
    kind character varying(16) NOT NULL,
    name character varying(60) NOT NULL,
    sealed bytea NOT NULL,
    credential bytea,
    counter bigint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    staff_id uuid NOT NULL,
    CONSTRAINT factor_known_kind CHECK (((kind)::text = ANY (ARRAY[('totp'::character varying)::text, ('recovery'::character varying)::text, ('passkey'::character varying)::text])))
);
CREATE TABLE public.identity_pastpassword (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    until timestamp with time zone NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.identity_pastpassword ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.identity_pastpassword_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.identity_post (
    id uuid NOT NULL,
    duty character varying(16) NOT NULL,
    role character varying(32) NOT NULL,
    since date NOT NULL,
    until date,
    appointed_by character varying(64) NOT NULL,
    approval uuid,
    department_id character varying(32),
    staff_id uuid NOT NULL,
    CONSTRAINT post_department_fits_role CHECK ((((department_id IS NOT NULL) AND ((role)::text = ANY (ARRAY[('doctor'::character varying)::text, ('reader'::character varying)::text, ('section_head'::character varying)::text, ('institution_clerk'::character varying)::text]))) OR ((NOT ((role)::text = ANY (ARRAY[('doctor'::character varying)::text, ('reader'::character varying)::text, ('section_head'::character varying)::text, ('institution_clerk'::character varying)::text]))) AND (department_id IS NULL)))),
    CONSTRAINT post_ends_after_it_begins CHECK (((until IS NULL) OR (until >= since))),
    CONSTRAINT post_role_fits_duty CHECK (((((duty)::text = 'records'::text) AND ((role)::text = ANY (ARRAY[('manager'::character varying)::text, ('archivist'::character varying)::text, ('section_head'::character varying)::text, ('storekeeper'::character varying)::text, ('doctor'::character varying)::text, ('reader'::character varying)::text, ('acceptor'::character varying)::text, ('inspector'::character varying)::text, ('decision_signer'::character varying)::text, ('credit_admin'::character varying)::text, ('institution_clerk'::character varying)::text]))) OR (((duty)::text = 'system'::text) AND ((role)::text = 'system_admin'::text)) OR (((duty)::text = 'security'::text) AND ((role)::text = 'security_admin'::text)) OR (((duty)::text = 'audit'::text) AND ((role)::text = 'audit_admin'::text))))
);
CREATE TABLE public.identity_signinthrottle (
    key bytea NOT NULL,
    failures integer NOT NULL,
    last_failure_at timestamp with time zone NOT NULL,
    blocked_until timestamp with time zone,
    CONSTRAINT identity_signinthrottle_failures_check CHECK ((failures >= 0))
);
CREATE TABLE public.identity_staff (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id uuid NOT NULL,
    username character varying(32) NOT NULL,
    display_name character varying(80) NOT NULL,
    role character varying(32) NOT NULL,
    language character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    department_id character varying(32),
    duty character varying(16) NOT NULL,
    must_change_password boolean NOT NULL,
    sso_subject bytea,
    CONSTRAINT staff_one_known_duty CHECK (((duty)::text = ANY (ARRAY[('records'::character varying)::text, ('system'::character varying)::text, ('security'::character varying)::text, ('audit'::character varying)::text]))),
    CONSTRAINT staff_one_known_role CHECK (((role)::text = ANY (ARRAY[(''::character varying)::text, ('archivist'::character varying)::text, ('reader'::character varying)::text, ('doctor'::character varying)::text, ('manager'::character varying)::text, ('section_head'::character varying)::text, ('storekeeper'::character varying)::text, ('acceptor'::character varying)::text, ('inspector'::character varying)::text, ('decision_signer'::character varying)::text, ('credit_admin'::character varying)::text, ('institution_clerk'::character varying)::text, ('system_admin'::character varying)::text, ('security_admin'::character varying)::text, ('audit_admin'::character varying)::text])))
);
CREATE TABLE public.identity_visit (
    id uuid NOT NULL,
    device bytea NOT NULL,
    sealed bytea NOT NULL,
    means character varying(32) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ending character varying(16) NOT NULL,
    staff_id uuid NOT NULL
);
CREATE TABLE public.insight_snapshot (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    figures jsonb NOT NULL
);
ALTER TABLE public.insight_snapshot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.insight_snapshot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.insight_yearlyentry (
    id bigint NOT NULL,
    year smallint NOT NULL,
    code character varying(40) NOT NULL,
    value numeric(14,2) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    entered_by_id uuid NOT NULL,
    CONSTRAINT insight_yearlyentry_year_check CHECK ((year >= 0))
);
ALTER TABLE public.insight_yearlyentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.insight_yearlyentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.intake_accession (
    id uuid NOT NULL,
    number character varying(24) NOT NULL,
    year smallint NOT NULL,
    state character varying(12) NOT NULL,
    channel character varying(12) NOT NULL,
    actor character varying(40) NOT NULL,
    has_catalogue boolean NOT NULL,
    column_mapping jsonb,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    done_at timestamp with time zone,
    receipt_digest bytea,
    series_id character varying(16) NOT NULL,
    CONSTRAINT intake_accession_year_check CHECK ((year >= 0))
);
CREATE TABLE public.intake_cataloguerow (
    id bigint NOT NULL,
    number integer NOT NULL,
    "values" bytea NOT NULL,
    "group" integer,
    code character varying(40) NOT NULL,
    facts bytea,
    accession_id uuid NOT NULL,
    item_id uuid,
    file_id uuid NOT NULL,
    CONSTRAINT intake_cataloguerow_group_check CHECK (("group" >= 0)),
    CONSTRAINT intake_cataloguerow_number_check CHECK ((number >= 0))
);
ALTER TABLE public.intake_cataloguerow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.intake_cataloguerow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.intake_columnmapping (
    header_digest bytea NOT NULL,
    mapping jsonb NOT NULL,
    saved_at timestamp with time zone NOT NULL
);
CREATE TABLE public.intake_contentclaim (
    digest bytea NOT NULL,
    file_id uuid NOT NULL
);
CREATE TABLE public.intake_pagemark (
    page uuid NOT NULL,
    is_separator boolean NOT NULL,
    value bytea NOT NULL,
    accession_id uuid NOT NULL
);
CREATE TABLE public.intake_pageturn (
    attempts smallint NOT NULL,
    begun smallint NOT NULL,
    run character varying(40) NOT NULL,
    page uuid NOT NULL,
    CONSTRAINT intake_pageturn_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT intake_pageturn_begun_check CHECK ((begun >= 0))
);
CREATE TABLE public.intake_receivedfile (
    attempts smallint NOT NULL,
    begun smallint NOT NULL,
    run character varying(40) NOT NULL,
    id uuid NOT NULL,
    "position" integer NOT NULL,
    kind character varying(12) NOT NULL,
    about bytea NOT NULL,
    path_digest bytea NOT NULL,
    size bigint NOT NULL,
    received_bytes bigint NOT NULL,
    staged character varying(80) NOT NULL,
    digest bytea,
    outcome character varying(12) NOT NULL,
    "group" integer,
    ordinal integer NOT NULL,
    code character varying(40) NOT NULL,
    facts bytea,
    is_vouched boolean NOT NULL,
    received_at timestamp with time zone NOT NULL,
    accession_id uuid NOT NULL,
    container_id uuid,
    item_id uuid,
    CONSTRAINT intake_receivedfile_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT intake_receivedfile_begun_check CHECK ((begun >= 0)),
    CONSTRAINT intake_receivedfile_group_check CHECK (("group" >= 0)),
    CONSTRAINT intake_receivedfile_ordinal_check CHECK ((ordinal >= 0)),
    CONSTRAINT intake_receivedfile_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.ledger_checkpoint (
    size bigint NOT NULL,
    root bytea NOT NULL,
    note text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.ledger_entry (
    id uuid NOT NULL,
    action character varying(40) NOT NULL,
    actor character varying(64) NOT NULL,
    subject uuid,
    at timestamp with time zone NOT NULL,
    entry bytea NOT NULL,
    private bytea
);
CREATE TABLE public.ledger_position (
    "position" bigint NOT NULL,
    entry_id uuid NOT NULL
);
CREATE TABLE public.ledger_statement (
    number character varying(20) NOT NULL,
    kind character varying(40) NOT NULL,
    subject uuid,
    digest bytea NOT NULL,
    body bytea,
    entry uuid NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revocation character varying(20) NOT NULL,
    revocation_entry uuid
);
CREATE TABLE public.ledger_waiting (
    id uuid NOT NULL
);
CREATE TABLE public.oversight_case (
    number bigint NOT NULL,
    id uuid NOT NULL,
    provider character varying(20) NOT NULL,
    state character varying(14) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone,
    hearing_waived boolean NOT NULL,
    outcome character varying(8) NOT NULL,
    behaviour character varying(12) NOT NULL,
    ratio numeric(4,2),
    loss_fen bigint NOT NULL,
    fine_fen bigint NOT NULL,
    sealed_decision bytea,
    proposed_at timestamp with time zone,
    signed_at timestamp with time zone,
    notice_digest bytea,
    notified_at timestamp with time zone,
    closed_at timestamp with time zone,
    accession uuid,
    opened_by_id uuid NOT NULL,
    proposed_by_id uuid,
    signed_by_id uuid,
    fallen_loss_fen bigint NOT NULL,
    fallen_fine_fen bigint NOT NULL,
    overturned_at timestamp with time zone,
    overturned_ground character varying(6) NOT NULL,
    overturn_asked_by_id uuid,
    overturn_signed_by_id uuid,
    CONSTRAINT inspection_decided_by_two CHECK (((NOT ((state)::text = ANY (ARRAY[('decided'::character varying)::text, ('notified'::character varying)::text, ('recovering'::character varying)::text, ('dismissed'::character varying)::text, ('overturned'::character varying)::text, ('closed'::character varying)::text]))) OR ((proposed_by_id IS NOT NULL) AND (signed_by_id IS NOT NULL)))),
    CONSTRAINT inspection_heard_before CHECK (((NOT ((outcome)::text = 'against'::text)) OR (heard_at IS NOT NULL) OR hearing_waived)),
    CONSTRAINT inspection_overturned_by_two CHECK ((((fallen_fine_fen = 0) AND (fallen_loss_fen = 0) AND (overturned_at IS NULL)) OR ((overturn_asked_by_id IS NOT NULL) AND (overturn_signed_by_id IS NOT NULL) AND (NOT ((overturn_asked_by_id = overturn_signed_by_id) AND (overturn_asked_by_id IS NOT NULL) AND (overturn_signed_by_id IS NOT NULL)))))),
    CONSTRAINT inspection_signed_by_another CHECK (((signed_by_id IS NULL) OR (NOT ((signed_by_id = proposed_by_id) AND (signed_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL)))))
);
ALTER TABLE public.oversight_case ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_case_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_casefile (
    id uuid NOT NULL,
    ordinal smallint NOT NULL,
    sealed_name bytea NOT NULL,
    sealed_file bytea,
    media_type character varying(80) NOT NULL,
    size bigint NOT NULL,
    digest bytea NOT NULL,
    refused character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    request_id bigint NOT NULL,
    CONSTRAINT oversight_casefile_ordinal_check CHECK ((ordinal >= 0))
);
CREATE TABLE public.oversight_caseitem (
    id bigint NOT NULL,
    item uuid NOT NULL,
    case_id bigint NOT NULL
);
ALTER TABLE public.oversight_caseitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_caseitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_casestep (
    id uuid NOT NULL,
    step character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    sealed_words bytea,
    by_id uuid,
    case_id bigint NOT NULL
);
CREATE TABLE public.oversight_finding (
    number bigint NOT NULL,
    id uuid NOT NULL,
    fingerprint bytea NOT NULL,
    rule character varying(40) NOT NULL,
    rule_version character varying(20) NOT NULL,
    is_model boolean NOT NULL,
    moment character varying(10) NOT NULL,
    level character varying(10) NOT NULL,
    claim bigint,
    person bigint,
    provider character varying(20) NOT NULL,
    doctor character varying(20) NOT NULL,
    month character varying(7) NOT NULL,
    line_count integer NOT NULL,
    amount_fen bigint NOT NULL,
    counted_fen bigint NOT NULL,
    probability double precision,
    expected_fen bigint NOT NULL,
    queue_weight bigint NOT NULL,
    random_pick boolean NOT NULL,
    state character varying(14) NOT NULL,
    sealed_evidence bytea NOT NULL,
    found_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    case_id bigint,
    decided_by_id uuid,
    run_id bigint NOT NULL,
    entry_chance double precision NOT NULL,
    lot_chance double precision NOT NULL,
    upheld_fen bigint NOT NULL,
    fallen_fen bigint NOT NULL,
    fallen_ground character varying(6) NOT NULL,
    CONSTRAINT doubt_decided_by_somebody CHECK (((NOT ((state)::text = ANY (ARRAY[('confirmed'::character varying)::text, ('refused'::character varying)::text, ('upheld'::character varying)::text, ('cleared'::character varying)::text]))) OR (decided_by_id IS NOT NULL))),
    CONSTRAINT doubt_probability CHECK (((probability >= (0.0)::double precision) AND (probability <= (1.0)::double precision))),
    CONSTRAINT doubt_upheld_in_a_case CHECK (((NOT ((state)::text = ANY (ARRAY[('upheld'::character varying)::text, ('cleared'::character varying)::text]))) OR (case_id IS NOT NULL))),
    CONSTRAINT oversight_finding_line_count_check CHECK ((line_count >= 0))
);
ALTER TABLE public.oversight_finding ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_finding_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_findingline (
    id bigint NOT NULL,
    line bigint NOT NULL,
    amount_fen bigint NOT NULL,
    counted_fen bigint NOT NULL,
    finding_id bigint NOT NULL
);
ALTER TABLE public.oversight_findingline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_findingline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_inspector (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.oversight_inspector ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_inspector_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_instalment (
    id bigint NOT NULL,
    ordinal smallint NOT NULL,
    due_on date NOT NULL,
    amount_fen bigint NOT NULL,
    case_id bigint NOT NULL,
    CONSTRAINT instalment_of_money CHECK ((amount_fen > 0)),
    CONSTRAINT oversight_instalment_ordinal_check CHECK ((ordinal >= 0))
);
ALTER TABLE public.oversight_instalment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_instalment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_knowledgeversion (
    number bigint NOT NULL,
    id uuid NOT NULL,
    "table" character varying(20) NOT NULL,
    state character varying(9) NOT NULL,
    effective_from date NOT NULL,
    source character varying(200) NOT NULL,
    rows jsonb NOT NULL,
    quarantined jsonb NOT NULL,
    difference jsonb NOT NULL,
    verified boolean NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    verified_at timestamp with time zone,
    by_id uuid,
    verified_by_id uuid,
    kind character varying(20) NOT NULL
);
ALTER TABLE public.oversight_knowledgeversion ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_knowledgeversion_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_paperrequest (
    number bigint NOT NULL,
    id uuid NOT NULL,
    sealed_words bytea NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer_by date NOT NULL,
    sealed_answer bytea,
    answered_at timestamp with time zone,
    answered_by_id uuid,
    asked_by_id uuid NOT NULL,
    case_id bigint NOT NULL
);
ALTER TABLE public.oversight_paperrequest ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_paperrequest_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_payment (
    id uuid NOT NULL,
    paid_on date NOT NULL,
    amount_fen bigint NOT NULL,
    voucher character varying(40) NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    case_id bigint NOT NULL,
    confirmed_by_id uuid,
    entered_by_id uuid NOT NULL,
    is_refund boolean NOT NULL,
    CONSTRAINT payment_confirmed_by_another CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = entered_by_id) AND (confirmed_by_id IS NOT NULL))))),
    CONSTRAINT payment_of_money CHECK ((amount_fen > 0))
);
CREATE TABLE public.oversight_reading (
    staff_id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    finding_id bigint NOT NULL
);
CREATE TABLE public.oversight_rulereview (
    number bigint NOT NULL,
    id uuid NOT NULL,
    rule character varying(40) NOT NULL,
    version character varying(20) NOT NULL,
    state character varying(10) NOT NULL,
    judged integer NOT NULL,
    confirmed integer NOT NULL,
    actor character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    sealed_reason bytea,
    CONSTRAINT oversight_rulereview_confirmed_check CHECK ((confirmed >= 0)),
    CONSTRAINT oversight_rulereview_judged_check CHECK ((judged >= 0))
);
ALTER TABLE public.oversight_rulereview ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_rulereview_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_run (
    number bigint NOT NULL,
    id uuid NOT NULL,
    moment character varying(10) NOT NULL,
    engine character varying(12) NOT NULL,
    rules jsonb NOT NULL,
    claims bigint NOT NULL,
    lines bigint NOT NULL,
    findings integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT oversight_run_findings_check CHECK ((findings >= 0))
);
ALTER TABLE public.oversight_run ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_run_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_scoremodel (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    level character varying(10) NOT NULL,
    state character varying(8) NOT NULL,
    trained_on integer NOT NULL,
    window_from character varying(7) NOT NULL,
    window_until character varying(7) NOT NULL,
    features jsonb NOT NULL,
    seed bigint NOT NULL,
    data_digest character varying(64) NOT NULL,
    body text NOT NULL,
    body_digest character varying(64) NOT NULL,
    calibration jsonb,
    metrics jsonb NOT NULL,
    trained_by character varying(64) NOT NULL,
    trained_at timestamp with time zone NOT NULL,
    promoted_at timestamp with time zone,
    retired_at timestamp with time zone,
    promoted_by_id uuid,
    proposed_by_id uuid,
    CONSTRAINT model_promoted_by_two CHECK (((NOT ((state)::text = 'active'::text)) OR ((promoted_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL) AND (NOT ((proposed_by_id = promoted_by_id) AND (proposed_by_id IS NOT NULL) AND (promoted_by_id IS NOT NULL)))))),
    CONSTRAINT oversight_scoremodel_trained_on_check CHECK ((trained_on >= 0))
);
ALTER TABLE public.oversight_scoremodel ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_scoremodel_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.oversight_verdict (
    id uuid NOT NULL,
    answer character varying(8) NOT NULL,
    reason character varying(32) NOT NULL,
    sealed_words bytea,
    at timestamp with time zone NOT NULL,
    seconds integer,
    state_before character varying(14) NOT NULL,
    undone_at timestamp with time zone,
    by_id uuid NOT NULL,
    finding_id bigint NOT NULL,
    CONSTRAINT oversight_verdict_seconds_check CHECK ((seconds >= 0))
);
CREATE TABLE public.preservation_coldobject (
    object_id uuid NOT NULL,
    size bigint NOT NULL,
    since timestamp with time zone NOT NULL
);
CREATE TABLE public.preservation_copyduty (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    place character varying(400) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    is_sound boolean NOT NULL,
    facts jsonb NOT NULL
);
CREATE TABLE public.preservation_tierpolicy (
    number bigint NOT NULL,
    rows jsonb NOT NULL,
    effective_from date NOT NULL,
    asked_by uuid NOT NULL,
    approved_by uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT tier_policy_by_two CHECK ((NOT (asked_by = approved_by)))
);
ALTER TABLE public.preservation_tierpolicy ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.preservation_tierpolicy_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.preservation_tierrun (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    actor character varying(64) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    total integer NOT NULL,
    done integer NOT NULL,
    cooled integer NOT NULL,
    recalled integer NOT NULL,
    bytes bigint NOT NULL,
    wanted jsonb NOT NULL,
    CONSTRAINT preservation_tierrun_cooled_check CHECK ((cooled >= 0)),
    CONSTRAINT preservation_tierrun_done_check CHECK ((done >= 0)),
    CONSTRAINT preservation_tierrun_recalled_check CHECK ((recalled >= 0)),
    CONSTRAINT preservation_tierrun_total_check CHECK ((total >= 0))
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_case (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(24) NOT NULL,
    subject character varying(120) NOT NULL,
    facts jsonb NOT NULL,
    url character varying(200) NOT NULL,
    state character varying(16) NOT NULL,
    deadline date NOT NULL,
    opened_by character varying(40) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    accepted_by_id uuid,
    owner_id uuid NOT NULL,
    CONSTRAINT cure_accepted_by_another CHECK (((accepted_by_id IS NULL) OR (NOT ((accepted_by_id = owner_id) AND (accepted_by_id IS NOT NULL)))))
);
ALTER TABLE public.quality_case ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_case_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_casestep (
    id uuid NOT NULL,
    step character varying(16) NOT NULL,
    at timestamp with time zone NOT NULL,
    sealed_words bytea,
    sealed_file bytea,
    media_type character varying(40) NOT NULL,
    by_id uuid,
    case_id bigint NOT NULL
);
CREATE TABLE public.quality_declaredmissing (
    id uuid NOT NULL,
    quarter character varying(6) NOT NULL,
    institution character varying(20) NOT NULL,
    process character varying(16) NOT NULL,
    count integer NOT NULL,
    sealed_reason bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    taken_back_at timestamp with time zone,
    by_id uuid NOT NULL,
    CONSTRAINT quality_declaredmissing_count_check CHECK ((count >= 0))
);
CREATE TABLE public.quality_fieldcheck (
    id bigint NOT NULL,
    key character varying(32) NOT NULL,
    is_right boolean NOT NULL,
    sealed_note bytea,
    row_id uuid NOT NULL
);
ALTER TABLE public.quality_fieldcheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_fieldcheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_finding (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(24) NOT NULL,
    key character varying(80) NOT NULL,
    page integer,
    facts jsonb NOT NULL,
    sealed_evidence bytea,
    rules_version smallint NOT NULL,
    item_version integer NOT NULL,
    state character varying(10) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    sealed_reason bytea,
    decided_by_id uuid,
    item_id uuid NOT NULL,
    CONSTRAINT finding_decided_by_somebody CHECK (((NOT ((state)::text = ANY (ARRAY[('confirmed'::character varying)::text, ('dismissed'::character varying)::text]))) OR (decided_by_id IS NOT NULL))),
    CONSTRAINT quality_finding_item_version_check CHECK ((item_version >= 0)),
    CONSTRAINT quality_finding_page_check CHECK ((page >= 0)),
    CONSTRAINT quality_finding_rules_version_check CHECK ((rules_version >= 0))
);
ALTER TABLE public.quality_finding ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_finding_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_look (
    item_id uuid NOT NULL,
    item_version integer NOT NULL,
    rules_version smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT quality_look_item_version_check CHECK ((item_version >= 0)),
    CONSTRAINT quality_look_rules_version_check CHECK ((rules_version >= 0))
);
CREATE TABLE public.quality_pageprint (
    id bigint NOT NULL,
    page integer NOT NULL,
    bands bigint[] NOT NULL,
    item_id uuid NOT NULL,
    CONSTRAINT quality_pageprint_page_check CHECK ((page >= 0))
);
ALTER TABLE public.quality_pageprint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_pageprint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_progress (
    name character varying(16) NOT NULL,
    watermark bigint NOT NULL
);
CREATE TABLE public.quality_rate (
    id bigint NOT NULL,
    quarter character varying(6) NOT NULL,
    institution character varying(20) NOT NULL,
    process character varying(16) NOT NULL,
    received integer NOT NULL,
    filed integer NOT NULL,
    missing integer NOT NULL,
    expected integer,
    owed integer NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    CONSTRAINT quality_rate_expected_check CHECK ((expected >= 0)),
    CONSTRAINT quality_rate_filed_check CHECK ((filed >= 0)),
    CONSTRAINT quality_rate_missing_check CHECK ((missing >= 0)),
    CONSTRAINT quality_rate_owed_check CHECK ((owed >= 0)),
    CONSTRAINT quality_rate_received_check CHECK ((received >= 0))
);
ALTER TABLE public.quality_rate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_rate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_sample (
    number bigint NOT NULL,
    id uuid NOT NULL,
    quarter character varying(6) NOT NULL,
    plan character varying(16) NOT NULL,
    seed character varying(64) NOT NULL,
    frame bytea NOT NULL,
    frame_digest character varying(64) NOT NULL,
    lot integer NOT NULL,
    size integer NOT NULL,
    state character varying(10) NOT NULL,
    threshold numeric(9,6) NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    compared_at timestamp with time zone,
    drawn_by_id uuid,
    series_id character varying(16) NOT NULL,
    CONSTRAINT quality_sample_lot_check CHECK ((lot >= 0)),
    CONSTRAINT quality_sample_size_check CHECK ((size >= 0))
);
ALTER TABLE public.quality_sample ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_sample_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_sampleitem (
    id uuid NOT NULL,
    ordinal integer NOT NULL,
    item uuid NOT NULL,
    reference_code character varying(80) NOT NULL,
    round smallint NOT NULL,
    taken_at timestamp with time zone,
    compared_at timestamp with time zone,
    compared integer NOT NULL,
    wrong integer NOT NULL,
    reviewer_id uuid,
    sample_id bigint NOT NULL,
    CONSTRAINT quality_sampleitem_compared_check CHECK ((compared >= 0)),
    CONSTRAINT quality_sampleitem_ordinal_check CHECK ((ordinal >= 0)),
    CONSTRAINT quality_sampleitem_round_check CHECK ((round >= 0)),
    CONSTRAINT quality_sampleitem_wrong_check CHECK ((wrong >= 0))
);
CREATE TABLE public.quality_setting (
    id bigint NOT NULL,
    code character varying(24) NOT NULL,
    value numeric(9,6) NOT NULL,
    effective_from date NOT NULL,
    at timestamp with time zone NOT NULL,
    approved_by_id uuid NOT NULL
);
ALTER TABLE public.quality_setting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_setting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.storeroom_alarm (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    value integer,
    "limit" integer,
    ended_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    sealed_note bytea,
    escalated_at timestamp with time zone,
    acknowledged_by_id uuid,
    sensor_id smallint NOT NULL
);
ALTER TABLE public.storeroom_alarm ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.storeroom_alarm_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.storeroom_answer (
    id bigint NOT NULL,
    point character varying(32) NOT NULL,
    is_good boolean NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    round_id bigint NOT NULL
);
ALTER TABLE public.storeroom_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.storeroom_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.storeroom_box (
    number bigint NOT NULL,
    id uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    is_closed boolean NOT NULL,
    place_id uuid
);
ALTER TABLE public.storeroom_box ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.storeroom_box_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.storeroom_difference (
    id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    tag character varying(48) NOT NULL,
    expected character varying(48) NOT NULL,
    seen character varying(48) NOT NULL,
    settlement character varying(10) NOT NULL,
    sealed_reason bytea,
    settled_at timestamp with time zone,
    settled_by_id uuid,
    take_id bigint NOT NULL
);
CREATE TABLE public.storeroom_expectation (
    id bigint NOT NULL,
    tag character varying(48) NOT NULL,
    container character varying(48) NOT NULL,
    take_id bigint NOT NULL
);
ALTER TABLE public.storeroom_expectation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.storeroom_expectation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.storeroom_finding (
    id uuid NOT NULL,
    point character varying(32) NOT NULL,
    sealed bytea NOT NULL,
    due_on date NOT NULL,
    found_at timestamp with time zone NOT NULL,
    cured_at timestamp with time zone,
    sealed_cure bytea,
    cured_by_id uuid,
    owner_id uuid NOT NULL,
    round_id bigint NOT NULL
);
CREATE TABLE public.storeroom_hourlyreading (
    hour timestamp with time zone NOT NULL,
    count integer NOT NULL,
    temperature_low smallint NOT NULL,
    temperature_high smallint NOT NULL,
    temperature_sum bigint NOT NULL,
    humidity_low smallint NOT NULL,
    humidity_high smallint NOT NULL,
    humidity_sum bigint NOT NULL,
    outside integer NOT NULL,
    sensor_id smallint NOT NULL
);
CREATE TABLE public.storeroom_keeping (
    thing uuid NOT NULL,
    kind character varying(8) NOT NULL,
    since timestamp with time zone NOT NULL,
    is_ended boolean NOT NULL,
    box_id bigint NOT NULL
);
CREATE TABLE public.storeroom_outgoing (
    id uuid NOT NULL,
    thing uuid NOT NULL,
    kind character varying(8) NOT NULL,
    reason_code character varying(24) NOT NULL,
    reference uuid,
    taken_at timestamp with time zone NOT NULL,
    taken_by character varying(40) NOT NULL,
    back_at timestamp with time zone,
    back_by character varying(40) NOT NULL
);
CREATE TABLE public.storeroom_photo (
    id uuid NOT NULL,
    is_of_cure boolean NOT NULL,
    sealed bytea NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    finding_id uuid NOT NULL
);
CREATE TABLE public.storeroom_place (
    id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    zone character varying(8) NOT NULL,
    code character varying(32) NOT NULL,
    name character varying(40) NOT NULL,
    capacity smallint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    parent_id uuid,
    CONSTRAINT storeroom_place_capacity_check CHECK ((capacity >= 0))
);
CREATE TABLE public.storeroom_reading (
    at timestamp with time zone NOT NULL,
    temperature smallint NOT NULL,
    humidity smallint NOT NULL,
    sensor_id smallint NOT NULL
);
CREATE TABLE public.storeroom_round (
    number bigint NOT NULL,
    id uuid NOT NULL,
    checklist character varying(24) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    opened_by_id uuid NOT NULL,
    room_id uuid NOT NULL
);
ALTER TABLE public.storeroom_round ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.storeroom_round_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.storeroom_scan (
    id uuid NOT NULL,
    tag character varying(48) NOT NULL,
    container character varying(48) NOT NULL,
    scanned_at timestamp with time zone NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    scanned_by_id uuid NOT NULL,
    take_id bigint NOT NULL
);
CREATE TABLE public.storeroom_sensor (
    number smallint NOT NULL,
    id uuid NOT NULL,
    code character varying(32) NOT NULL,
    medium character varying(16) NOT NULL,
    every_seconds integer NOT NULL,
    token_digest character varying(64) NOT NULL,
    trusts_broker boolean NOT NULL,
    is_active boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone,
    last_temperature smallint,
    last_humidity smallint,
    room_id uuid NOT NULL,
    CONSTRAINT storeroom_sensor_every_seconds_check CHECK ((every_seconds >= 0))
);
ALTER TABLE public.storeroom_sensor ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.storeroom_sensor_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.storeroom_stocktake (
    number bigint NOT NULL,
    id uuid NOT NULL,
    with_contents boolean NOT NULL,
    state character varying(10) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    compared_at timestamp with time zone,
    settled_at timestamp with time zone,
    opened_by_id uuid NOT NULL,
    place_id uuid NOT NULL
);
ALTER TABLE public.storeroom_stocktake ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.storeroom_stocktake_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.storeroom_zoneentry (
    id uuid NOT NULL,
    sealed bytea NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    noted_by character varying(40) NOT NULL,
    companion_id uuid,
    room_id uuid NOT NULL,
    staff_id uuid
);
CREATE TABLE public.workflow_address (
    id uuid NOT NULL,
    channel character varying(10) NOT NULL,
    sealed_target bytea NOT NULL,
    sealed_secret bytea,
    is_active boolean NOT NULL,
    staff_id uuid,
    party character varying(40) NOT NULL,
    CONSTRAINT address_of_the_house_is_a_webhook CHECK (((staff_id IS NOT NULL) OR ((channel)::text = 'webhook'::text) OR (NOT ((party)::text = ''::text))))
);
CREATE TABLE public.workflow_approval (
    number bigint NOT NULL,
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    subject uuid,
    asked_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    digest bytea NOT NULL,
    sealed bytea NOT NULL,
    decided_at timestamp with time zone,
    sealed_answer bytea,
    asker_id uuid NOT NULL,
    decided_by_id uuid,
    CONSTRAINT approval_decided_by_somebody CHECK ((((decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL) AND ((state)::text = ANY (ARRAY[('done'::character varying)::text, ('refused'::character varying)::text]))) OR ((decided_by_id IS NULL) AND ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('withdrawn'::character varying)::text, ('expired'::character varying)::text]))))),
    CONSTRAINT approval_never_by_its_asker CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asker_id) AND (decided_by_id IS NOT NULL)))))
);
ALTER TABLE public.workflow_approval ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_approval_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_attempt (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    code character varying(40) NOT NULL,
    is_permanent boolean NOT NULL,
    status integer,
    proof character varying(200) NOT NULL,
    delivery_id uuid NOT NULL,
    CONSTRAINT workflow_attempt_status_check CHECK ((status >= 0))
);
ALTER TABLE public.workflow_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_choice (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    channel character varying(10) NOT NULL,
    is_wanted boolean NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.workflow_choice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_choice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_deadline (
    kind character varying(40) NOT NULL,
    number character varying(40) NOT NULL,
    subject uuid,
    subject_url character varying(200) NOT NULL,
    permission character varying(40) NOT NULL,
    id uuid NOT NULL,
    due_on date NOT NULL,
    days jsonb NOT NULL,
    next_on date,
    met_at timestamp with time zone,
    assignee_id uuid,
    department_id character varying(32),
    task_id uuid,
    CONSTRAINT deadline_reminds_somebody CHECK (((assignee_id IS NOT NULL) OR (NOT ((permission)::text = ''::text))))
);
CREATE TABLE public.workflow_delivery (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    number character varying(40) NOT NULL,
    subject_url character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    attempts integer NOT NULL,
    next_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    address_id uuid NOT NULL,
    enclosure character varying(80) NOT NULL,
    CONSTRAINT workflow_delivery_attempts_check CHECK ((attempts >= 0))
);
CREATE TABLE public.workflow_notice (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    facts jsonb NOT NULL,
    subject_url character varying(200) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    recipient_id uuid NOT NULL
);
CREATE TABLE public.workflow_task (
    kind character varying(40) NOT NULL,
    number character varying(40) NOT NULL,
    subject uuid,
    subject_url character varying(200) NOT NULL,
    permission character varying(40) NOT NULL,
    id uuid NOT NULL,
    page integer,
    opened_by character varying(64) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_on date,
    closed_at timestamp with time zone,
    closed_by character varying(64) NOT NULL,
    assignee_id uuid,
    department_id character varying(32),
    not_for_id uuid,
    CONSTRAINT task_waits_for_somebody CHECK (((assignee_id IS NOT NULL) OR (NOT ((permission)::text = ''::text)))),
    CONSTRAINT workflow_task_page_check CHECK ((page >= 0))
);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_00 FOR VALUES WITH (modulus 16, remainder 0);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_01 FOR VALUES WITH (modulus 16, remainder 1);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_02 FOR VALUES WITH (modulus 16, remainder 2);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_03 FOR VALUES WITH (modulus 16, remainder 3);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_04 FOR VALUES WITH (modulus 16, remainder 4);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_05 FOR VALUES WITH (modulus 16, remainder 5);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_06 FOR VALUES WITH (modulus 16, remainder 6);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_07 FOR VALUES WITH (modulus 16, remainder 7);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_08 FOR VALUES WITH (modulus 16, remainder 8);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_09 FOR VALUES WITH (modulus 16, remainder 9);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_10 FOR VALUES WITH (modulus 16, remainder 10);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_11 FOR VALUES WITH (modulus 16, remainder 11);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_12 FOR VALUES WITH (modulus 16, remainder 12);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_13 FOR VALUES WITH (modulus 16, remainder 13);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_14 FOR VALUES WITH (modulus 16, remainder 14);
ALTER TABLE ONLY public.claims_box ATTACH PARTITION public.claims_box_15 FOR VALUES WITH (modulus 16, remainder 15);
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
INSERT INTO public.auth_permission VALUES
	(1, 'Can add permission', 1, 'add_permission'),
	(2, 'Can change permission', 1, 'change_permission'),
	(3, 'Can delete permission', 1, 'delete_permission'),
	(4, 'Can view permission', 1, 'view_permission'),
	(5, 'Can add group', 2, 'add_group'),
	(6, 'Can change group', 2, 'change_group'),
	(7, 'Can delete group', 2, 'delete_group'),
	(8, 'Can view group', 2, 'view_group'),
	(9, 'Can add content type', 3, 'add_contenttype'),
	(10, 'Can change content type', 3, 'change_contenttype'),
	(11, 'Can delete content type', 3, 'delete_contenttype'),
	(12, 'Can view content type', 3, 'view_contenttype'),
	(13, 'Can add session', 4, 'add_session'),
	(14, 'Can change session', 4, 'change_session'),
	(15, 'Can delete session', 4, 'delete_session'),
	(16, 'Can view session', 4, 'view_session'),
	(17, 'Can add procrastinate event', 5, 'add_procrastinateevent'),
	(18, 'Can change procrastinate event', 5, 'change_procrastinateevent'),
	(19, 'Can delete procrastinate event', 5, 'delete_procrastinateevent'),
	(20, 'Can view procrastinate event', 5, 'view_procrastinateevent'),
	(21, 'Can add procrastinate job', 6, 'add_procrastinatejob'),
	(22, 'Can change procrastinate job', 6, 'change_procrastinatejob'),
	(23, 'Can delete procrastinate job', 6, 'delete_procrastinatejob'),
	(24, 'Can view procrastinate job', 6, 'view_procrastinatejob'),
	(25, 'Can add procrastinate periodic defer', 7, 'add_procrastinateperiodicdefer'),
	(26, 'Can change procrastinate periodic defer', 7, 'change_procrastinateperiodicdefer'),
	(27, 'Can delete procrastinate periodic defer', 7, 'delete_procrastinateperiodicdefer'),
	(28, 'Can view procrastinate periodic defer', 7, 'view_procrastinateperiodicdefer'),
	(29, 'Can add procrastinate worker', 8, 'add_procrastinateworker'),
	(30, 'Can change procrastinate worker', 8, 'change_procrastinateworker'),
	(31, 'Can delete procrastinate worker', 8, 'delete_procrastinateworker'),
	(32, 'Can view procrastinate worker', 8, 'view_procrastinateworker'),
	(33, 'Can add ledger checkpoint', 9, 'add_ledgercheckpoint'),
	(34, 'Can change ledger checkpoint', 9, 'change_ledgercheckpoint'),
	(35, 'Can delete ledger checkpoint', 9, 'delete_ledgercheckpoint'),
	(36, 'Can view ledger checkpoint', 9, 'view_ledgercheckpoint'),
	(37, 'Can add ledger waiting', 10, 'add_ledgerwaiting'),
	(38, 'Can change ledger waiting', 10, 'change_ledgerwaiting'),
	(39, 'Can delete ledger waiting', 10, 'delete_ledgerwaiting'),
	(40, 'Can view ledger waiting', 10, 'view_ledgerwaiting'),
	(41, 'Can add ledger entry', 11, 'add_ledgerentry'),
	(42, 'Can change ledger entry', 11, 'change_ledgerentry'),
	(43, 'Can delete ledger entry', 11, 'delete_ledgerentry'),
	(44, 'Can view ledger entry', 11, 'view_ledgerentry'),
	(45, 'Can add ledger position', 12, 'add_ledgerposition'),
	(46, 'Can change ledger position', 12, 'change_ledgerposition'),
	(47, 'Can delete ledger position', 12, 'delete_ledgerposition'),
	(48, 'Can view ledger position', 12, 'view_ledgerposition'),
	(49, 'Can add ledger statement', 13, 'add_ledgerstatement'),
	(50, 'Can change ledger statement', 13, 'change_ledgerstatement'),
	(51, 'Can delete ledger statement', 13, 'delete_ledgerstatement'),
	(52, 'Can view ledger statement', 13, 'view_ledgerstatement'),
	(53, 'Can add department', 14, 'add_department'),
	(54, 'Can change department', 14, 'change_department'),
	(55, 'Can delete department', 14, 'delete_department'),
	(56, 'Can view department', 14, 'view_department'),
	(57, 'Can add sign in throttle', 15, 'add_signinthrottle'),
	(58, 'Can change sign in throttle', 15, 'change_signinthrottle'),
	(59, 'Can delete sign in throttle', 15, 'delete_signinthrottle'),
	(60, 'Can view sign in throttle', 15, 'view_signinthrottle'),
	(61, 'Can add staff', 16, 'add_staff'),
	(62, 'Can change staff', 16, 'change_staff'),
	(63, 'Can delete staff', 16, 'delete_staff'),
	(64, 'Can view staff', 16, 'view_staff'),
	(65, 'Can add post', 17, 'add_post'),
	(66, 'Can change post', 17, 'change_post'),
	(67, 'Can delete post', 17, 'delete_post'),
	(68, 'Can view post', 17, 'view_post'),
	(69, 'Can add past password', 18, 'add_pastpassword'),
	(70, 'Can change past password', 18, 'change_pastpassword'),
	(71, 'Can delete past password', 18, 'delete_pastpassword'),
	(72, 'Can view past password', 18, 'view_pastpassword'),
	(73, 'Can add factor', 19, 'add_factor'),
	(74, 'Can change factor', 19, 'change_factor'),
	(75, 'Can delete factor', 19, 'delete_factor'),
	(76, 'Can view factor', 19, 'view_factor'),
	(77, 'Can add visit', 20, 'add_visit'),
	(78, 'Can change visit', 20, 'change_visit'),
	(79, 'Can delete visit', 20, 'delete_visit'),
	(80, 'Can view visit', 20, 'view_visit'),
	(81, 'Can add broken glass', 21, 'add_brokenglass'),
	(82, 'Can change broken glass', 21, 'change_brokenglass'),
	(83, 'Can delete broken glass', 21, 'delete_brokenglass'),
	(84, 'Can view broken glass', 21, 'view_brokenglass'),
	(85, 'Can add address', 22, 'add_address'),
	(86, 'Can change address', 22, 'change_address'),
	(87, 'Can delete address', 22, 'delete_address'),
	(88, 'Can view address', 22, 'view_address'),
	(89, 'Can add approval', 23, 'add_approval'),
	(90, 'Can change approval', 23, 'change_approval'),
	(91, 'Can delete approval', 23, 'delete_approval'),
	(92, 'Can view approval', 23, 'view_approval'),
	(93, 'Can add choice', 24, 'add_choice'),
	(94, 'Can change choice', 24, 'change_choice'),
	(95, 'Can delete choice', 24, 'delete_choice'),
	(96, 'Can view choice', 24, 'view_choice'),
	(97, 'Can add delivery', 25, 'add_delivery'),
	(98, 'Can change delivery', 25, 'change_delivery'),
	(415, 'Can delete box', 104, 'delete_box'),
	(99, 'Can delete delivery', 25, 'delete_delivery'),
	(100, 'Can view delivery', 25, 'view_delivery'),
	(101, 'Can add attempt', 26, 'add_attempt'),
	(102, 'Can change attempt', 26, 'change_attempt'),
	(103, 'Can delete attempt', 26, 'delete_attempt'),
	(104, 'Can view attempt', 26, 'view_attempt'),
	(105, 'Can add notice', 27, 'add_notice'),
	(106, 'Can change notice', 27, 'change_notice'),
	(107, 'Can delete notice', 27, 'delete_notice'),
	(108, 'Can view notice', 27, 'view_notice'),
	(109, 'Can add task', 28, 'add_task'),
	(110, 'Can change task', 28, 'change_task'),
	(111, 'Can delete task', 28, 'delete_task'),
	(112, 'Can view task', 28, 'view_task'),
	(113, 'Can add deadline', 29, 'add_deadline'),
	(114, 'Can change deadline', 29, 'change_deadline'),
	(115, 'Can delete deadline', 29, 'delete_deadline'),
	(116, 'Can view deadline', 29, 'view_deadline'),
	(117, 'Can add copy duty', 30, 'add_copyduty'),
	(118, 'Can change copy duty', 30, 'change_copyduty'),
	(119, 'Can delete copy duty', 30, 'delete_copyduty'),
	(120, 'Can view copy duty', 30, 'view_copyduty'),
	(121, 'Can add cold object', 31, 'add_coldobject'),
	(122, 'Can change cold object', 31, 'change_coldobject'),
	(123, 'Can delete cold object', 31, 'delete_coldobject'),
	(124, 'Can view cold object', 31, 'view_coldobject'),
	(125, 'Can add tier policy', 32, 'add_tierpolicy'),
	(126, 'Can change tier policy', 32, 'change_tierpolicy'),
	(127, 'Can delete tier policy', 32, 'delete_tierpolicy'),
	(128, 'Can view tier policy', 32, 'view_tierpolicy'),
	(129, 'Can add tier run', 33, 'add_tierrun'),
	(130, 'Can change tier run', 33, 'change_tierrun'),
	(131, 'Can delete tier run', 33, 'delete_tierrun'),
	(132, 'Can view tier run', 33, 'view_tierrun'),
	(133, 'Can add change', 34, 'add_change'),
	(134, 'Can change change', 34, 'change_change'),
	(135, 'Can delete change', 34, 'delete_change'),
	(136, 'Can view change', 34, 'view_change'),
	(137, 'Can add fonds', 35, 'add_fonds'),
	(138, 'Can change fonds', 35, 'change_fonds'),
	(139, 'Can delete fonds', 35, 'delete_fonds'),
	(140, 'Can view fonds', 35, 'view_fonds'),
	(141, 'Can add item', 36, 'add_item'),
	(142, 'Can change item', 36, 'change_item'),
	(143, 'Can delete item', 36, 'delete_item'),
	(144, 'Can view item', 36, 'view_item'),
	(145, 'Can add number sequence', 37, 'add_numbersequence'),
	(146, 'Can change number sequence', 37, 'change_numbersequence'),
	(147, 'Can delete number sequence', 37, 'delete_numbersequence'),
	(148, 'Can view number sequence', 37, 'view_numbersequence'),
	(149, 'Can add pending version', 38, 'add_pendingversion'),
	(150, 'Can change pending version', 38, 'change_pendingversion'),
	(151, 'Can delete pending version', 38, 'delete_pendingversion'),
	(152, 'Can view pending version', 38, 'view_pendingversion'),
	(153, 'Can add hold', 39, 'add_hold'),
	(154, 'Can change hold', 39, 'change_hold'),
	(155, 'Can delete hold', 39, 'delete_hold'),
	(156, 'Can view hold', 39, 'view_hold'),
	(157, 'Can add alias', 40, 'add_alias'),
	(158, 'Can change alias', 40, 'change_alias'),
	(159, 'Can delete alias', 40, 'delete_alias'),
	(160, 'Can view alias', 40, 'view_alias'),
	(161, 'Can add item file', 41, 'add_itemfile'),
	(162, 'Can change item file', 41, 'change_itemfile'),
	(163, 'Can delete item file', 41, 'delete_itemfile'),
	(164, 'Can view item file', 41, 'view_itemfile'),
	(165, 'Can add item scope', 42, 'add_itemscope'),
	(166, 'Can change item scope', 42, 'change_itemscope'),
	(167, 'Can delete item scope', 42, 'delete_itemscope'),
	(168, 'Can view item scope', 42, 'view_itemscope'),
	(169, 'Can add item version', 43, 'add_itemversion'),
	(170, 'Can change item version', 43, 'change_itemversion'),
	(171, 'Can delete item version', 43, 'delete_itemversion'),
	(172, 'Can view item version', 43, 'view_itemversion'),
	(173, 'Can add page', 44, 'add_page'),
	(174, 'Can change page', 44, 'change_page'),
	(175, 'Can delete page', 44, 'delete_page'),
	(176, 'Can view page', 44, 'view_page'),
	(177, 'Can add retention rule', 45, 'add_retentionrule'),
	(178, 'Can change retention rule', 45, 'change_retentionrule'),
	(179, 'Can delete retention rule', 45, 'delete_retentionrule'),
	(180, 'Can view retention rule', 45, 'view_retentionrule'),
	(181, 'Can add series', 46, 'add_series'),
	(182, 'Can change series', 46, 'change_series'),
	(183, 'Can delete series', 46, 'delete_series'),
	(184, 'Can view series', 46, 'view_series'),
	(185, 'Can add volume', 47, 'add_volume'),
	(186, 'Can change volume', 47, 'change_volume'),
	(187, 'Can delete volume', 47, 'delete_volume'),
	(188, 'Can view volume', 47, 'view_volume'),
	(189, 'Can add identifier', 48, 'add_identifier'),
	(190, 'Can change identifier', 48, 'change_identifier'),
	(191, 'Can delete identifier', 48, 'delete_identifier'),
	(192, 'Can view identifier', 48, 'view_identifier'),
	(193, 'Can add tombstone', 49, 'add_tombstone'),
	(194, 'Can change tombstone', 49, 'change_tombstone'),
	(195, 'Can delete tombstone', 49, 'delete_tombstone'),
	(196, 'Can view tombstone', 49, 'view_tombstone'),
	(197, 'Can add scheme version', 50, 'add_schemeversion'),
	(198, 'Can change scheme version', 50, 'change_schemeversion'),
	(199, 'Can delete scheme version', 50, 'delete_schemeversion'),
	(200, 'Can view scheme version', 50, 'view_schemeversion'),
	(201, 'Can add volume step', 51, 'add_volumestep'),
	(202, 'Can change volume step', 51, 'change_volumestep'),
	(203, 'Can delete volume step', 51, 'delete_volumestep'),
	(204, 'Can view volume step', 51, 'view_volumestep'),
	(205, 'Can add confirmation', 52, 'add_confirmation'),
	(206, 'Can change confirmation', 52, 'change_confirmation'),
	(207, 'Can delete confirmation', 52, 'delete_confirmation'),
	(208, 'Can view confirmation', 52, 'view_confirmation'),
	(209, 'Can add decision', 53, 'add_decision'),
	(210, 'Can change decision', 53, 'change_decision'),
	(211, 'Can delete decision', 53, 'delete_decision'),
	(212, 'Can view decision', 53, 'view_decision'),
	(213, 'Can add deduction', 54, 'add_deduction'),
	(214, 'Can change deduction', 54, 'change_deduction'),
	(215, 'Can delete deduction', 54, 'delete_deduction'),
	(216, 'Can view deduction', 54, 'view_deduction'),
	(217, 'Can add log entry', 55, 'add_logentry'),
	(218, 'Can change log entry', 55, 'change_logentry'),
	(219, 'Can delete log entry', 55, 'delete_logentry'),
	(220, 'Can view log entry', 55, 'view_logentry'),
	(221, 'Can add subject', 56, 'add_subject'),
	(222, 'Can change subject', 56, 'change_subject'),
	(223, 'Can delete subject', 56, 'delete_subject'),
	(224, 'Can view subject', 56, 'view_subject'),
	(225, 'Can add measure', 57, 'add_measure'),
	(226, 'Can change measure', 57, 'change_measure'),
	(227, 'Can delete measure', 57, 'delete_measure'),
	(228, 'Can view measure', 57, 'view_measure'),
	(229, 'Can add mark', 58, 'add_mark'),
	(230, 'Can change mark', 58, 'change_mark'),
	(231, 'Can delete mark', 58, 'delete_mark'),
	(232, 'Can view mark', 58, 'view_mark'),
	(233, 'Can add appeal', 59, 'add_appeal'),
	(234, 'Can change appeal', 59, 'change_appeal'),
	(235, 'Can delete appeal', 59, 'delete_appeal'),
	(236, 'Can view appeal', 59, 'view_appeal'),
	(237, 'Can add repair', 60, 'add_repair'),
	(238, 'Can change repair', 60, 'change_repair'),
	(239, 'Can delete repair', 60, 'delete_repair'),
	(240, 'Can view repair', 60, 'view_repair'),
	(241, 'Can add column mapping', 61, 'add_columnmapping'),
	(242, 'Can change column mapping', 61, 'change_columnmapping'),
	(243, 'Can delete column mapping', 61, 'delete_columnmapping'),
	(244, 'Can view column mapping', 61, 'view_columnmapping'),
	(245, 'Can add page turn', 62, 'add_pageturn'),
	(246, 'Can change page turn', 62, 'change_pageturn'),
	(247, 'Can delete page turn', 62, 'delete_pageturn'),
	(248, 'Can view page turn', 62, 'view_pageturn'),
	(249, 'Can add accession', 63, 'add_accession'),
	(250, 'Can change accession', 63, 'change_accession'),
	(251, 'Can delete accession', 63, 'delete_accession'),
	(252, 'Can view accession', 63, 'view_accession'),
	(253, 'Can add page mark', 64, 'add_pagemark'),
	(254, 'Can change page mark', 64, 'change_pagemark'),
	(255, 'Can delete page mark', 64, 'delete_pagemark'),
	(256, 'Can view page mark', 64, 'view_pagemark'),
	(257, 'Can add received file', 65, 'add_receivedfile'),
	(258, 'Can change received file', 65, 'change_receivedfile'),
	(259, 'Can delete received file', 65, 'delete_receivedfile'),
	(260, 'Can view received file', 65, 'view_receivedfile'),
	(261, 'Can add content claim', 66, 'add_contentclaim'),
	(262, 'Can change content claim', 66, 'change_contentclaim'),
	(263, 'Can delete content claim', 66, 'delete_contentclaim'),
	(264, 'Can view content claim', 66, 'view_contentclaim'),
	(265, 'Can add catalogue row', 67, 'add_cataloguerow'),
	(266, 'Can change catalogue row', 67, 'change_cataloguerow'),
	(267, 'Can delete catalogue row', 67, 'delete_cataloguerow'),
	(268, 'Can view catalogue row', 67, 'view_cataloguerow'),
	(269, 'Can add use day', 68, 'add_useday'),
	(270, 'Can change use day', 68, 'change_useday'),
	(271, 'Can delete use day', 68, 'delete_useday'),
	(272, 'Can view use day', 68, 'view_useday'),
	(273, 'Can add use doubt', 69, 'add_usedoubt'),
	(274, 'Can change use doubt', 69, 'change_usedoubt'),
	(275, 'Can delete use doubt', 69, 'delete_usedoubt'),
	(276, 'Can view use doubt', 69, 'view_usedoubt'),
	(277, 'Can add release', 70, 'add_release'),
	(278, 'Can change release', 70, 'change_release'),
	(279, 'Can delete release', 70, 'delete_release'),
	(280, 'Can view release', 70, 'view_release'),
	(281, 'Can add led back', 71, 'add_ledback'),
	(282, 'Can change led back', 71, 'change_ledback'),
	(283, 'Can delete led back', 71, 'delete_ledback'),
	(284, 'Can view led back', 71, 'view_ledback'),
	(285, 'Can add impact assessment', 72, 'add_impactassessment'),
	(286, 'Can change impact assessment', 72, 'change_impactassessment'),
	(287, 'Can delete impact assessment', 72, 'delete_impactassessment'),
	(288, 'Can view impact assessment', 72, 'view_impactassessment'),
	(289, 'Can add leak notice', 73, 'add_leaknotice'),
	(290, 'Can change leak notice', 73, 'change_leaknotice'),
	(291, 'Can delete leak notice', 73, 'delete_leaknotice'),
	(292, 'Can view leak notice', 73, 'view_leaknotice'),
	(293, 'Can add person request', 74, 'add_personrequest'),
	(294, 'Can change person request', 74, 'change_personrequest'),
	(295, 'Can delete person request', 74, 'delete_personrequest'),
	(296, 'Can view person request', 74, 'view_personrequest'),
	(297, 'Can add saved view', 75, 'add_savedview'),
	(298, 'Can change saved view', 75, 'change_savedview'),
	(299, 'Can delete saved view', 75, 'delete_savedview'),
	(300, 'Can view saved view', 75, 'view_savedview'),
	(301, 'Can add certified copy', 76, 'add_certifiedcopy'),
	(302, 'Can change certified copy', 76, 'change_certifiedcopy'),
	(303, 'Can delete certified copy', 76, 'delete_certifiedcopy'),
	(304, 'Can view certified copy', 76, 'view_certifiedcopy'),
	(305, 'Can add loan', 77, 'add_loan'),
	(306, 'Can change loan', 77, 'change_loan'),
	(307, 'Can delete loan', 77, 'delete_loan'),
	(308, 'Can view loan', 77, 'view_loan'),
	(309, 'Can add loan item', 78, 'add_loanitem'),
	(310, 'Can change loan item', 78, 'change_loanitem'),
	(311, 'Can delete loan item', 78, 'delete_loanitem'),
	(312, 'Can view loan item', 78, 'view_loanitem'),
	(313, 'Can add loan step', 79, 'add_loanstep'),
	(314, 'Can change loan step', 79, 'change_loanstep'),
	(315, 'Can delete loan step', 79, 'delete_loanstep'),
	(316, 'Can view loan step', 79, 'view_loanstep'),
	(317, 'Can add use', 80, 'add_use'),
	(318, 'Can change use', 80, 'change_use'),
	(319, 'Can delete use', 80, 'delete_use'),
	(320, 'Can view use', 80, 'view_use'),
	(321, 'Can add use analysis', 81, 'add_useanalysis'),
	(322, 'Can change use analysis', 81, 'change_useanalysis'),
	(323, 'Can delete use analysis', 81, 'delete_useanalysis'),
	(324, 'Can view use analysis', 81, 'view_useanalysis'),
	(325, 'Can add synonym', 82, 'add_synonym'),
	(326, 'Can change synonym', 82, 'change_synonym'),
	(327, 'Can delete synonym', 82, 'delete_synonym'),
	(328, 'Can view synonym', 82, 'view_synonym'),
	(329, 'Can add appraisal', 83, 'add_appraisal'),
	(330, 'Can change appraisal', 83, 'change_appraisal'),
	(331, 'Can delete appraisal', 83, 'delete_appraisal'),
	(332, 'Can view appraisal', 83, 'view_appraisal'),
	(333, 'Can add candidate', 84, 'add_candidate'),
	(334, 'Can change candidate', 84, 'change_candidate'),
	(335, 'Can delete candidate', 84, 'delete_candidate'),
	(336, 'Can view candidate', 84, 'view_candidate'),
	(337, 'Can add destruction list', 85, 'add_destructionlist'),
	(338, 'Can change destruction list', 85, 'change_destructionlist'),
	(339, 'Can delete destruction list', 85, 'delete_destructionlist'),
	(340, 'Can view destruction list', 85, 'view_destructionlist'),
	(341, 'Can add hold order', 86, 'add_holdorder'),
	(342, 'Can change hold order', 86, 'change_holdorder'),
	(343, 'Can delete hold order', 86, 'delete_holdorder'),
	(344, 'Can view hold order', 86, 'view_holdorder'),
	(345, 'Can add list item', 87, 'add_listitem'),
	(346, 'Can change list item', 87, 'change_listitem'),
	(347, 'Can delete list item', 87, 'delete_listitem'),
	(348, 'Can view list item', 87, 'view_listitem'),
	(349, 'Can add member', 88, 'add_member'),
	(350, 'Can change member', 88, 'change_member'),
	(351, 'Can delete member', 88, 'delete_member'),
	(352, 'Can view member', 88, 'view_member'),
	(353, 'Can add opinion', 89, 'add_opinion'),
	(354, 'Can change opinion', 89, 'change_opinion'),
	(355, 'Can delete opinion', 89, 'delete_opinion'),
	(356, 'Can view opinion', 89, 'view_opinion'),
	(357, 'Can add term confirmation', 90, 'add_termconfirmation'),
	(358, 'Can change term confirmation', 90, 'change_termconfirmation'),
	(359, 'Can delete term confirmation', 90, 'delete_termconfirmation'),
	(360, 'Can view term confirmation', 90, 'view_termconfirmation'),
	(361, 'Can add witness', 91, 'add_witness'),
	(362, 'Can change witness', 91, 'change_witness'),
	(363, 'Can delete witness', 91, 'delete_witness'),
	(364, 'Can view witness', 91, 'view_witness'),
	(365, 'Can add instrument draft', 92, 'add_instrumentdraft'),
	(366, 'Can change instrument draft', 92, 'change_instrumentdraft'),
	(367, 'Can delete instrument draft', 92, 'delete_instrumentdraft'),
	(368, 'Can view instrument draft', 92, 'view_instrumentdraft'),
	(369, 'Can add transfer', 93, 'add_transfer'),
	(370, 'Can change transfer', 93, 'change_transfer'),
	(371, 'Can delete transfer', 93, 'delete_transfer'),
	(372, 'Can view transfer', 93, 'view_transfer'),
	(373, 'Can add transfer item', 94, 'add_transferitem'),
	(374, 'Can change transfer item', 94, 'change_transferitem'),
	(375, 'Can delete transfer item', 94, 'delete_transferitem'),
	(376, 'Can view transfer item', 94, 'view_transferitem'),
	(377, 'Can add run', 95, 'add_run'),
	(378, 'Can change run', 95, 'change_run'),
	(379, 'Can delete run', 95, 'delete_run'),
	(380, 'Can view run', 95, 'view_run'),
	(381, 'Can add course', 96, 'add_course'),
	(382, 'Can change course', 96, 'change_course'),
	(383, 'Can delete course', 96, 'delete_course'),
	(384, 'Can view course', 96, 'view_course'),
	(385, 'Can add sample', 97, 'add_sample'),
	(386, 'Can change sample', 97, 'change_sample'),
	(387, 'Can delete sample', 97, 'delete_sample'),
	(388, 'Can view sample', 97, 'view_sample'),
	(389, 'Can add sampled item', 98, 'add_sampleditem'),
	(390, 'Can change sampled item', 98, 'change_sampleditem'),
	(391, 'Can delete sampled item', 98, 'delete_sampleditem'),
	(392, 'Can view sampled item', 98, 'view_sampleditem'),
	(393, 'Can add step', 99, 'add_step'),
	(394, 'Can change step', 99, 'change_step'),
	(395, 'Can delete step', 99, 'delete_step'),
	(396, 'Can view step', 99, 'view_step'),
	(397, 'Can add check scheme', 100, 'add_checkscheme'),
	(398, 'Can change check scheme', 100, 'change_checkscheme'),
	(399, 'Can delete check scheme', 100, 'delete_checkscheme'),
	(400, 'Can view check scheme', 100, 'view_checkscheme'),
	(401, 'Can add result', 101, 'add_result'),
	(402, 'Can change result', 101, 'change_result'),
	(403, 'Can delete result', 101, 'delete_result'),
	(404, 'Can view result', 101, 'view_result'),
	(405, 'Can add failure', 102, 'add_failure'),
	(406, 'Can change failure', 102, 'change_failure'),
	(407, 'Can delete failure', 102, 'delete_failure'),
	(408, 'Can view failure', 102, 'view_failure'),
	(409, 'Can add handed item', 103, 'add_handeditem'),
	(410, 'Can change handed item', 103, 'change_handeditem'),
	(411, 'Can delete handed item', 103, 'delete_handeditem'),
	(412, 'Can view handed item', 103, 'view_handeditem'),
	(413, 'Can add box', 104, 'add_box'),
	(414, 'Can change box', 104, 'change_box'),
	(416, 'Can view box', 104, 'view_box'),
	(417, 'Can add finding', 105, 'add_finding'),
	(418, 'Can change finding', 105, 'change_finding'),
	(419, 'Can delete finding', 105, 'delete_finding'),
	(420, 'Can view finding', 105, 'view_finding'),
	(421, 'Can add keeping', 106, 'add_keeping'),
	(422, 'Can change keeping', 106, 'change_keeping'),
	(423, 'Can delete keeping', 106, 'delete_keeping'),
	(424, 'Can view keeping', 106, 'view_keeping'),
	(425, 'Can add outgoing', 107, 'add_outgoing'),
	(426, 'Can change outgoing', 107, 'change_outgoing'),
	(427, 'Can delete outgoing', 107, 'delete_outgoing'),
	(428, 'Can view outgoing', 107, 'view_outgoing'),
	(429, 'Can add photo', 108, 'add_photo'),
	(430, 'Can change photo', 108, 'change_photo'),
	(431, 'Can delete photo', 108, 'delete_photo'),
	(432, 'Can view photo', 108, 'view_photo'),
	(433, 'Can add place', 109, 'add_place'),
	(434, 'Can change place', 109, 'change_place'),
	(435, 'Can delete place', 109, 'delete_place'),
	(436, 'Can view place', 109, 'view_place'),
	(437, 'Can add round', 110, 'add_round'),
	(438, 'Can change round', 110, 'change_round'),
	(439, 'Can delete round', 110, 'delete_round'),
	(440, 'Can view round', 110, 'view_round'),
	(441, 'Can add sensor', 111, 'add_sensor'),
	(442, 'Can change sensor', 111, 'change_sensor'),
	(443, 'Can delete sensor', 111, 'delete_sensor'),
	(444, 'Can view sensor', 111, 'view_sensor'),
	(445, 'Can add hourly reading', 112, 'add_hourlyreading'),
	(446, 'Can change hourly reading', 112, 'change_hourlyreading'),
	(447, 'Can delete hourly reading', 112, 'delete_hourlyreading'),
	(448, 'Can view hourly reading', 112, 'view_hourlyreading'),
	(449, 'Can add stock take', 113, 'add_stocktake'),
	(450, 'Can change stock take', 113, 'change_stocktake'),
	(451, 'Can delete stock take', 113, 'delete_stocktake'),
	(452, 'Can view stock take', 113, 'view_stocktake'),
	(453, 'Can add difference', 114, 'add_difference'),
	(454, 'Can change difference', 114, 'change_difference'),
	(455, 'Can delete difference', 114, 'delete_difference'),
	(456, 'Can view difference', 114, 'view_difference'),
	(457, 'Can add zone entry', 115, 'add_zoneentry'),
	(458, 'Can change zone entry', 115, 'change_zoneentry'),
	(459, 'Can delete zone entry', 115, 'delete_zoneentry'),
	(460, 'Can view zone entry', 115, 'view_zoneentry'),
	(461, 'Can add answer', 116, 'add_answer'),
	(462, 'Can change answer', 116, 'change_answer'),
	(463, 'Can delete answer', 116, 'delete_answer'),
	(464, 'Can view answer', 116, 'view_answer'),
	(465, 'Can add reading', 117, 'add_reading'),
	(466, 'Can change reading', 117, 'change_reading'),
	(467, 'Can delete reading', 117, 'delete_reading'),
	(468, 'Can view reading', 117, 'view_reading'),
	(469, 'Can add alarm', 118, 'add_alarm'),
	(470, 'Can change alarm', 118, 'change_alarm'),
	(471, 'Can delete alarm', 118, 'delete_alarm'),
	(472, 'Can view alarm', 118, 'view_alarm'),
	(473, 'Can add scan', 119, 'add_scan'),
	(474, 'Can change scan', 119, 'change_scan'),
	(475, 'Can delete scan', 119, 'delete_scan'),
	(476, 'Can view scan', 119, 'view_scan'),
	(477, 'Can add expectation', 120, 'add_expectation'),
	(478, 'Can change expectation', 120, 'change_expectation'),
	(479, 'Can delete expectation', 120, 'delete_expectation'),
	(480, 'Can view expectation', 120, 'view_expectation'),
	(481, 'Can add holiday', 121, 'add_holiday'),
	(482, 'Can change holiday', 121, 'change_holiday'),
	(483, 'Can delete holiday', 121, 'delete_holiday'),
	(484, 'Can view holiday', 121, 'view_holiday'),
	(485, 'Can add institution', 122, 'add_institution'),
	(486, 'Can change institution', 122, 'change_institution'),
	(487, 'Can delete institution', 122, 'delete_institution'),
	(488, 'Can view institution', 122, 'view_institution'),
	(489, 'Can add business system', 123, 'add_businesssystem'),
	(490, 'Can change business system', 123, 'change_businesssystem'),
	(491, 'Can delete business system', 123, 'delete_businesssystem'),
	(492, 'Can view business system', 123, 'view_businesssystem'),
	(493, 'Can add case', 124, 'add_case'),
	(494, 'Can change case', 124, 'change_case'),
	(495, 'Can delete case', 124, 'delete_case'),
	(496, 'Can view case', 124, 'view_case'),
	(497, 'Can add case material', 125, 'add_casematerial'),
	(498, 'Can change case material', 125, 'change_casematerial'),
	(499, 'Can delete case material', 125, 'delete_casematerial'),
	(500, 'Can view case material', 125, 'view_casematerial');
INSERT INTO public.auth_permission VALUES
	(501, 'Can add letter', 126, 'add_letter'),
	(502, 'Can change letter', 126, 'change_letter'),
	(503, 'Can delete letter', 126, 'delete_letter'),
	(504, 'Can view letter', 126, 'view_letter'),
	(505, 'Can add obligation', 127, 'add_obligation'),
	(506, 'Can change obligation', 127, 'change_obligation'),
	(507, 'Can delete obligation', 127, 'delete_obligation'),
	(508, 'Can view obligation', 127, 'view_obligation'),
	(509, 'Can add letter line', 128, 'add_letterline'),
	(510, 'Can change letter line', 128, 'change_letterline'),
	(511, 'Can delete letter line', 128, 'delete_letterline'),
	(512, 'Can view letter line', 128, 'view_letterline'),
	(513, 'Can add receipt', 129, 'add_receipt'),
	(514, 'Can change receipt', 129, 'change_receipt'),
	(515, 'Can delete receipt', 129, 'delete_receipt'),
	(516, 'Can view receipt', 129, 'view_receipt'),
	(517, 'Can add requirement', 130, 'add_requirement'),
	(518, 'Can change requirement', 130, 'change_requirement'),
	(519, 'Can delete requirement', 130, 'delete_requirement'),
	(520, 'Can view requirement', 130, 'view_requirement'),
	(521, 'Can add ower', 131, 'add_ower'),
	(522, 'Can change ower', 131, 'change_ower'),
	(523, 'Can delete ower', 131, 'delete_ower'),
	(524, 'Can view ower', 131, 'view_ower'),
	(525, 'Can add changes seen', 132, 'add_changesseen'),
	(526, 'Can change changes seen', 132, 'change_changesseen'),
	(527, 'Can delete changes seen', 132, 'delete_changesseen'),
	(528, 'Can view changes seen', 132, 'view_changesseen'),
	(529, 'Can add sitting', 133, 'add_sitting'),
	(530, 'Can change sitting', 133, 'change_sitting'),
	(531, 'Can delete sitting', 133, 'delete_sitting'),
	(532, 'Can view sitting', 133, 'view_sitting'),
	(533, 'Can add look', 134, 'add_look'),
	(534, 'Can change look', 134, 'change_look'),
	(535, 'Can delete look', 134, 'delete_look'),
	(536, 'Can view look', 134, 'view_look'),
	(537, 'Can add progress', 135, 'add_progress'),
	(538, 'Can change progress', 135, 'change_progress'),
	(539, 'Can delete progress', 135, 'delete_progress'),
	(540, 'Can view progress', 135, 'view_progress'),
	(541, 'Can add case', 136, 'add_case'),
	(542, 'Can change case', 136, 'change_case'),
	(543, 'Can delete case', 136, 'delete_case'),
	(544, 'Can view case', 136, 'view_case'),
	(545, 'Can add case step', 137, 'add_casestep'),
	(546, 'Can change case step', 137, 'change_casestep'),
	(547, 'Can delete case step', 137, 'delete_casestep'),
	(548, 'Can view case step', 137, 'view_casestep'),
	(549, 'Can add declared missing', 138, 'add_declaredmissing'),
	(550, 'Can change declared missing', 138, 'change_declaredmissing'),
	(551, 'Can delete declared missing', 138, 'delete_declaredmissing'),
	(552, 'Can view declared missing', 138, 'view_declaredmissing'),
	(553, 'Can add finding', 139, 'add_finding'),
	(554, 'Can change finding', 139, 'change_finding'),
	(555, 'Can delete finding', 139, 'delete_finding'),
	(556, 'Can view finding', 139, 'view_finding'),
	(557, 'Can add page print', 140, 'add_pageprint'),
	(558, 'Can change page print', 140, 'change_pageprint'),
	(559, 'Can delete page print', 140, 'delete_pageprint'),
	(560, 'Can view page print', 140, 'view_pageprint'),
	(561, 'Can add rate', 141, 'add_rate'),
	(562, 'Can change rate', 141, 'change_rate'),
	(563, 'Can delete rate', 141, 'delete_rate'),
	(564, 'Can view rate', 141, 'view_rate'),
	(565, 'Can add sample', 142, 'add_sample'),
	(566, 'Can change sample', 142, 'change_sample'),
	(567, 'Can delete sample', 142, 'delete_sample'),
	(568, 'Can view sample', 142, 'view_sample'),
	(569, 'Can add sample item', 143, 'add_sampleitem'),
	(570, 'Can change sample item', 143, 'change_sampleitem'),
	(571, 'Can delete sample item', 143, 'delete_sampleitem'),
	(572, 'Can view sample item', 143, 'view_sampleitem'),
	(573, 'Can add field check', 144, 'add_fieldcheck'),
	(574, 'Can change field check', 144, 'change_fieldcheck'),
	(575, 'Can delete field check', 144, 'delete_fieldcheck'),
	(576, 'Can view field check', 144, 'view_fieldcheck'),
	(577, 'Can add setting', 145, 'add_setting'),
	(578, 'Can change setting', 145, 'change_setting'),
	(579, 'Can delete setting', 145, 'delete_setting'),
	(580, 'Can view setting', 145, 'view_setting'),
	(581, 'Can add incident', 146, 'add_incident'),
	(582, 'Can change incident', 146, 'change_incident'),
	(583, 'Can delete incident', 146, 'delete_incident'),
	(584, 'Can view incident', 146, 'view_incident'),
	(585, 'Can add hand over', 147, 'add_handover'),
	(586, 'Can change hand over', 147, 'change_handover'),
	(587, 'Can delete hand over', 147, 'delete_handover'),
	(588, 'Can view hand over', 147, 'view_handover'),
	(589, 'Can add processor', 148, 'add_processor'),
	(590, 'Can change processor', 148, 'change_processor'),
	(591, 'Can delete processor', 148, 'delete_processor'),
	(592, 'Can view processor', 148, 'view_processor'),
	(593, 'Can add responsibility', 149, 'add_responsibility'),
	(594, 'Can change responsibility', 149, 'change_responsibility'),
	(595, 'Can delete responsibility', 149, 'delete_responsibility'),
	(596, 'Can view responsibility', 149, 'view_responsibility'),
	(597, 'Can add settlement', 150, 'add_settlement'),
	(598, 'Can change settlement', 150, 'change_settlement'),
	(599, 'Can delete settlement', 150, 'delete_settlement'),
	(600, 'Can view settlement', 150, 'view_settlement'),
	(601, 'Can add enrolee', 151, 'add_enrolee'),
	(602, 'Can change enrolee', 151, 'change_enrolee'),
	(603, 'Can delete enrolee', 151, 'delete_enrolee'),
	(604, 'Can view enrolee', 151, 'view_enrolee'),
	(605, 'Can add history change', 152, 'add_historychange'),
	(606, 'Can change history change', 152, 'change_historychange'),
	(607, 'Can delete history change', 152, 'delete_historychange'),
	(608, 'Can view history change', 152, 'view_historychange'),
	(609, 'Can add import', 153, 'add_import'),
	(610, 'Can change import', 153, 'change_import'),
	(611, 'Can delete import', 153, 'delete_import'),
	(612, 'Can view import', 153, 'view_import'),
	(613, 'Can add provider', 154, 'add_provider'),
	(614, 'Can change provider', 154, 'change_provider'),
	(615, 'Can delete provider', 154, 'delete_provider'),
	(616, 'Can view provider', 154, 'view_provider'),
	(617, 'Can add clinical extract', 155, 'add_clinicalextract'),
	(618, 'Can change clinical extract', 155, 'change_clinicalextract'),
	(619, 'Can delete clinical extract', 155, 'delete_clinicalextract'),
	(620, 'Can view clinical extract', 155, 'view_clinicalextract'),
	(621, 'Can add enrolee source', 156, 'add_enroleesource'),
	(622, 'Can change enrolee source', 156, 'change_enroleesource'),
	(623, 'Can delete enrolee source', 156, 'delete_enroleesource'),
	(624, 'Can view enrolee source', 156, 'view_enroleesource'),
	(625, 'Can add evidence', 157, 'add_evidence'),
	(626, 'Can change evidence', 157, 'change_evidence'),
	(627, 'Can delete evidence', 157, 'delete_evidence'),
	(628, 'Can view evidence', 157, 'view_evidence'),
	(629, 'Can add line', 158, 'add_line'),
	(630, 'Can change line', 158, 'change_line'),
	(631, 'Can delete line', 158, 'delete_line'),
	(632, 'Can view line', 158, 'view_line'),
	(633, 'Can add link candidate', 159, 'add_linkcandidate'),
	(634, 'Can change link candidate', 159, 'change_linkcandidate'),
	(635, 'Can delete link candidate', 159, 'delete_linkcandidate'),
	(636, 'Can view link candidate', 159, 'view_linkcandidate'),
	(637, 'Can add merge', 160, 'add_merge'),
	(638, 'Can change merge', 160, 'change_merge'),
	(639, 'Can delete merge', 160, 'delete_merge'),
	(640, 'Can view merge', 160, 'view_merge'),
	(641, 'Can add prescription', 161, 'add_prescription'),
	(642, 'Can change prescription', 161, 'change_prescription'),
	(643, 'Can delete prescription', 161, 'delete_prescription'),
	(644, 'Can view prescription', 161, 'view_prescription'),
	(645, 'Can add practitioner', 162, 'add_practitioner'),
	(646, 'Can change practitioner', 162, 'change_practitioner'),
	(647, 'Can delete practitioner', 162, 'delete_practitioner'),
	(648, 'Can view practitioner', 162, 'view_practitioner'),
	(649, 'Can add encounter', 163, 'add_encounter'),
	(650, 'Can change encounter', 163, 'change_encounter'),
	(651, 'Can delete encounter', 163, 'delete_encounter'),
	(652, 'Can view encounter', 163, 'view_encounter'),
	(653, 'Can add department', 164, 'add_department'),
	(654, 'Can change department', 164, 'change_department'),
	(655, 'Can delete department', 164, 'delete_department'),
	(656, 'Can view department', 164, 'view_department'),
	(657, 'Can add quarantined row', 165, 'add_quarantinedrow'),
	(658, 'Can change quarantined row', 165, 'change_quarantinedrow'),
	(659, 'Can delete quarantined row', 165, 'delete_quarantinedrow'),
	(660, 'Can view quarantined row', 165, 'view_quarantinedrow'),
	(661, 'Can add settlement event', 166, 'add_settlementevent'),
	(662, 'Can change settlement event', 166, 'change_settlementevent'),
	(663, 'Can delete settlement event', 166, 'delete_settlementevent'),
	(664, 'Can view settlement event', 166, 'view_settlementevent'),
	(665, 'Can add box', 167, 'add_box'),
	(666, 'Can change box', 167, 'change_box'),
	(667, 'Can delete box', 167, 'delete_box'),
	(668, 'Can view box', 167, 'view_box'),
	(669, 'Can add box move', 168, 'add_boxmove'),
	(670, 'Can change box move', 168, 'change_boxmove'),
	(671, 'Can delete box move', 168, 'delete_boxmove'),
	(672, 'Can view box move', 168, 'view_boxmove'),
	(673, 'Can add product', 169, 'add_product'),
	(674, 'Can change product', 169, 'change_product'),
	(675, 'Can delete product', 169, 'delete_product'),
	(676, 'Can view product', 169, 'view_product'),
	(677, 'Can add box alert', 170, 'add_boxalert'),
	(678, 'Can change box alert', 170, 'change_boxalert'),
	(679, 'Can delete box alert', 170, 'delete_boxalert'),
	(680, 'Can view box alert', 170, 'view_boxalert'),
	(681, 'Can add drg scheme', 171, 'add_drgscheme'),
	(682, 'Can change drg scheme', 171, 'change_drgscheme'),
	(683, 'Can delete drg scheme', 171, 'delete_drgscheme'),
	(684, 'Can view drg scheme', 171, 'view_drgscheme'),
	(685, 'Can add taken list', 172, 'add_takenlist'),
	(686, 'Can change taken list', 172, 'change_takenlist'),
	(687, 'Can delete taken list', 172, 'delete_takenlist'),
	(688, 'Can view taken list', 172, 'view_takenlist'),
	(689, 'Can add dated entry', 173, 'add_datedentry'),
	(690, 'Can change dated entry', 173, 'change_datedentry'),
	(691, 'Can delete dated entry', 173, 'delete_datedentry'),
	(692, 'Can view dated entry', 173, 'view_datedentry'),
	(693, 'Can add code', 174, 'add_code'),
	(694, 'Can change code', 174, 'change_code'),
	(695, 'Can delete code', 174, 'delete_code'),
	(696, 'Can view code', 174, 'view_code'),
	(697, 'Can add case', 175, 'add_case'),
	(698, 'Can change case', 175, 'change_case'),
	(699, 'Can delete case', 175, 'delete_case'),
	(700, 'Can view case', 175, 'view_case'),
	(701, 'Can add case item', 176, 'add_caseitem'),
	(702, 'Can change case item', 176, 'change_caseitem'),
	(703, 'Can delete case item', 176, 'delete_caseitem'),
	(704, 'Can view case item', 176, 'view_caseitem'),
	(705, 'Can add case step', 177, 'add_casestep'),
	(706, 'Can change case step', 177, 'change_casestep'),
	(707, 'Can delete case step', 177, 'delete_casestep'),
	(708, 'Can view case step', 177, 'view_casestep'),
	(709, 'Can add finding', 178, 'add_finding'),
	(710, 'Can change finding', 178, 'change_finding'),
	(711, 'Can delete finding', 178, 'delete_finding'),
	(712, 'Can view finding', 178, 'view_finding'),
	(713, 'Can add finding line', 179, 'add_findingline'),
	(714, 'Can change finding line', 179, 'change_findingline'),
	(715, 'Can delete finding line', 179, 'delete_findingline'),
	(716, 'Can view finding line', 179, 'view_findingline'),
	(717, 'Can add inspector', 180, 'add_inspector'),
	(718, 'Can change inspector', 180, 'change_inspector'),
	(719, 'Can delete inspector', 180, 'delete_inspector'),
	(720, 'Can view inspector', 180, 'view_inspector'),
	(721, 'Can add instalment', 181, 'add_instalment'),
	(722, 'Can change instalment', 181, 'change_instalment'),
	(723, 'Can delete instalment', 181, 'delete_instalment'),
	(724, 'Can view instalment', 181, 'view_instalment'),
	(725, 'Can add paper request', 182, 'add_paperrequest'),
	(726, 'Can change paper request', 182, 'change_paperrequest'),
	(727, 'Can delete paper request', 182, 'delete_paperrequest'),
	(728, 'Can view paper request', 182, 'view_paperrequest'),
	(729, 'Can add case file', 183, 'add_casefile'),
	(730, 'Can change case file', 183, 'change_casefile'),
	(731, 'Can delete case file', 183, 'delete_casefile'),
	(732, 'Can view case file', 183, 'view_casefile'),
	(733, 'Can add payment', 184, 'add_payment'),
	(734, 'Can change payment', 184, 'change_payment'),
	(735, 'Can delete payment', 184, 'delete_payment'),
	(736, 'Can view payment', 184, 'view_payment'),
	(737, 'Can add reading', 185, 'add_reading'),
	(738, 'Can change reading', 185, 'change_reading'),
	(739, 'Can delete reading', 185, 'delete_reading'),
	(740, 'Can view reading', 185, 'view_reading'),
	(741, 'Can add run', 186, 'add_run'),
	(742, 'Can change run', 186, 'change_run'),
	(743, 'Can delete run', 186, 'delete_run'),
	(744, 'Can view run', 186, 'view_run'),
	(745, 'Can add verdict', 187, 'add_verdict'),
	(746, 'Can change verdict', 187, 'change_verdict'),
	(747, 'Can delete verdict', 187, 'delete_verdict'),
	(748, 'Can view verdict', 187, 'view_verdict'),
	(749, 'Can add rule review', 188, 'add_rulereview'),
	(750, 'Can change rule review', 188, 'change_rulereview'),
	(751, 'Can delete rule review', 188, 'delete_rulereview'),
	(752, 'Can view rule review', 188, 'view_rulereview'),
	(753, 'Can add score model', 189, 'add_scoremodel'),
	(754, 'Can change score model', 189, 'change_scoremodel'),
	(755, 'Can delete score model', 189, 'delete_scoremodel'),
	(756, 'Can view score model', 189, 'view_scoremodel'),
	(757, 'Can add knowledge version', 190, 'add_knowledgeversion'),
	(758, 'Can change knowledge version', 190, 'change_knowledgeversion'),
	(759, 'Can delete knowledge version', 190, 'delete_knowledgeversion'),
	(760, 'Can view knowledge version', 190, 'view_knowledgeversion'),
	(761, 'Can add snapshot', 191, 'add_snapshot'),
	(762, 'Can change snapshot', 191, 'change_snapshot'),
	(763, 'Can delete snapshot', 191, 'delete_snapshot'),
	(764, 'Can view snapshot', 191, 'view_snapshot'),
	(765, 'Can add yearly entry', 192, 'add_yearlyentry'),
	(766, 'Can change yearly entry', 192, 'change_yearlyentry'),
	(767, 'Can delete yearly entry', 192, 'delete_yearlyentry'),
	(768, 'Can view yearly entry', 192, 'view_yearlyentry');
INSERT INTO public.django_content_type VALUES
	(1, 'auth', 'permission'),
	(2, 'auth', 'group'),
	(3, 'contenttypes', 'contenttype'),
	(4, 'sessions', 'session'),
	(5, 'procrastinate', 'procrastinateevent'),
	(6, 'procrastinate', 'procrastinatejob'),
	(7, 'procrastinate', 'procrastinateperiodicdefer'),
	(8, 'procrastinate', 'procrastinateworker'),
	(9, 'ledger', 'ledgercheckpoint'),
	(10, 'ledger', 'ledgerwaiting'),
	(11, 'ledger', 'ledgerentry'),
	(12, 'ledger', 'ledgerposition'),
	(13, 'ledger', 'ledgerstatement'),
	(14, 'identity', 'department'),
	(15, 'identity', 'signinthrottle'),
	(16, 'identity', 'staff'),
	(17, 'identity', 'post'),
	(18, 'identity', 'pastpassword'),
	(19, 'identity', 'factor'),
	(20, 'identity', 'visit'),
	(21, 'identity', 'brokenglass'),
	(22, 'workflow', 'address'),
	(23, 'workflow', 'approval'),
	(24, 'workflow', 'choice'),
	(25, 'workflow', 'delivery'),
	(26, 'workflow', 'attempt'),
	(27, 'workflow', 'notice'),
	(28, 'workflow', 'task'),
	(29, 'workflow', 'deadline'),
	(30, 'preservation', 'copyduty'),
	(31, 'preservation', 'coldobject'),
	(32, 'preservation', 'tierpolicy'),
	(33, 'preservation', 'tierrun'),
	(34, 'holdings', 'change'),
	(35, 'holdings', 'fonds'),
	(36, 'holdings', 'item'),
	(37, 'holdings', 'numbersequence'),
	(38, 'holdings', 'pendingversion'),
	(39, 'holdings', 'hold'),
	(40, 'holdings', 'alias'),
	(41, 'holdings', 'itemfile'),
	(42, 'holdings', 'itemscope'),
	(43, 'holdings', 'itemversion'),
	(44, 'holdings', 'page'),
	(45, 'holdings', 'retentionrule'),
	(46, 'holdings', 'series'),
	(47, 'holdings', 'volume'),
	(48, 'holdings', 'identifier'),
	(49, 'holdings', 'tombstone'),
	(50, 'holdings', 'schemeversion'),
	(51, 'holdings', 'volumestep'),
	(52, 'credit', 'confirmation'),
	(53, 'credit', 'decision'),
	(54, 'credit', 'deduction'),
	(55, 'credit', 'logentry'),
	(56, 'credit', 'subject'),
	(57, 'credit', 'measure'),
	(58, 'credit', 'mark'),
	(59, 'credit', 'appeal'),
	(60, 'credit', 'repair'),
	(61, 'intake', 'columnmapping'),
	(62, 'intake', 'pageturn'),
	(63, 'intake', 'accession'),
	(64, 'intake', 'pagemark'),
	(65, 'intake', 'receivedfile'),
	(66, 'intake', 'contentclaim'),
	(67, 'intake', 'cataloguerow'),
	(68, 'access', 'useday'),
	(69, 'access', 'usedoubt'),
	(70, 'access', 'release'),
	(71, 'access', 'ledback'),
	(72, 'access', 'impactassessment'),
	(73, 'access', 'leaknotice'),
	(74, 'access', 'personrequest'),
	(75, 'access', 'savedview'),
	(76, 'access', 'certifiedcopy'),
	(77, 'access', 'loan'),
	(78, 'access', 'loanitem'),
	(79, 'access', 'loanstep'),
	(80, 'access', 'use'),
	(81, 'access', 'useanalysis'),
	(82, 'access', 'synonym'),
	(83, 'disposition', 'appraisal'),
	(84, 'disposition', 'candidate'),
	(85, 'disposition', 'destructionlist'),
	(86, 'disposition', 'holdorder'),
	(87, 'disposition', 'listitem'),
	(88, 'disposition', 'member'),
	(89, 'disposition', 'opinion'),
	(90, 'disposition', 'termconfirmation'),
	(91, 'disposition', 'witness'),
	(92, 'disposition', 'instrumentdraft'),
	(93, 'disposition', 'transfer'),
	(94, 'disposition', 'transferitem'),
	(95, 'checks', 'run'),
	(96, 'checks', 'course'),
	(97, 'checks', 'sample'),
	(98, 'checks', 'sampleditem'),
	(99, 'checks', 'step'),
	(100, 'checks', 'checkscheme'),
	(101, 'checks', 'result'),
	(102, 'checks', 'failure'),
	(103, 'checks', 'handeditem'),
	(104, 'storeroom', 'box'),
	(105, 'storeroom', 'finding'),
	(106, 'storeroom', 'keeping'),
	(107, 'storeroom', 'outgoing'),
	(108, 'storeroom', 'photo'),
	(109, 'storeroom', 'place'),
	(110, 'storeroom', 'round'),
	(111, 'storeroom', 'sensor'),
	(112, 'storeroom', 'hourlyreading'),
	(113, 'storeroom', 'stocktake'),
	(114, 'storeroom', 'difference'),
	(115, 'storeroom', 'zoneentry'),
	(116, 'storeroom', 'answer'),
	(117, 'storeroom', 'reading'),
	(118, 'storeroom', 'alarm'),
	(119, 'storeroom', 'scan'),
	(120, 'storeroom', 'expectation'),
	(121, 'collection', 'holiday'),
	(122, 'collection', 'institution'),
	(123, 'collection', 'businesssystem'),
	(124, 'collection', 'case'),
	(125, 'collection', 'casematerial'),
	(126, 'collection', 'letter'),
	(127, 'collection', 'obligation'),
	(128, 'collection', 'letterline'),
	(129, 'collection', 'receipt'),
	(130, 'collection', 'requirement'),
	(131, 'collection', 'ower'),
	(132, 'collection', 'changesseen'),
	(133, 'collection', 'sitting'),
	(134, 'quality', 'look'),
	(135, 'quality', 'progress'),
	(136, 'quality', 'case'),
	(137, 'quality', 'casestep'),
	(138, 'quality', 'declaredmissing'),
	(139, 'quality', 'finding'),
	(140, 'quality', 'pageprint'),
	(141, 'quality', 'rate'),
	(142, 'quality', 'sample'),
	(143, 'quality', 'sampleitem'),
	(144, 'quality', 'fieldcheck'),
	(145, 'quality', 'setting'),
	(146, 'duty', 'incident'),
	(147, 'duty', 'handover'),
	(148, 'duty', 'processor'),
	(149, 'duty', 'responsibility'),
	(150, 'claims', 'settlement'),
	(151, 'claims', 'enrolee'),
	(152, 'claims', 'historychange'),
	(153, 'claims', 'import'),
	(154, 'claims', 'provider'),
	(155, 'claims', 'clinicalextract'),
	(156, 'claims', 'enroleesource'),
	(157, 'claims', 'evidence'),
	(158, 'claims', 'line'),
	(159, 'claims', 'linkcandidate'),
	(160, 'claims', 'merge'),
	(161, 'claims', 'prescription'),
	(162, 'claims', 'practitioner'),
	(163, 'claims', 'encounter'),
	(164, 'claims', 'department'),
	(165, 'claims', 'quarantinedrow'),
	(166, 'claims', 'settlementevent'),
	(167, 'claims', 'box'),
	(168, 'claims', 'boxmove'),
	(169, 'claims', 'product'),
	(170, 'claims', 'boxalert'),
	(171, 'claims', 'drgscheme'),
	(172, 'claims', 'takenlist'),
	(173, 'claims', 'datedentry'),
	(174, 'claims', 'code'),
	(175, 'oversight', 'case'),
	(176, 'oversight', 'caseitem'),
	(177, 'oversight', 'casestep'),
	(178, 'oversight', 'finding'),
	(179, 'oversight', 'findingline'),
	(180, 'oversight', 'inspector'),
	(181, 'oversight', 'instalment'),
	(182, 'oversight', 'paperrequest'),
	(183, 'oversight', 'casefile'),
	(184, 'oversight', 'payment'),
	(185, 'oversight', 'reading'),
	(186, 'oversight', 'run'),
	(187, 'oversight', 'verdict'),
	(188, 'oversight', 'rulereview'),
	(189, 'oversight', 'scoremodel'),
	(190, 'oversight', 'knowledgeversion'),
	(191, 'insight', 'snapshot'),
	(192, 'insight', 'yearlyentry');
INSERT INTO public.django_migrations VALUES
	(1, 'identity', '0001_initial', '1970-01-01 00:00:00+00'),
	(2, 'holdings', '0001_initial', '1970-01-01 00:00:00+00'),
	(3, 'holdings', '0002_scopes_and_row_policies', '1970-01-01 00:00:00+00'),
	(4, 'holdings', '0003_doors_first', '1970-01-01 00:00:00+00'),
	(5, 'holdings', '0004_scopes_from_the_index_alone', '1970-01-01 00:00:00+00'),
	(6, 'holdings', '0004_tombstones_and_due_years', '1970-01-01 00:00:00+00'),
	(7, 'holdings', '0005_approved_scheme_versions', '1970-01-01 00:00:00+00'),
	(8, 'holdings', '0006_arranging_volumes', '1970-01-01 00:00:00+00'),
	(9, 'ledger', '0001_initial', '1970-01-01 00:00:00+00'),
	(10, 'identity', '0002_posts', '1970-01-01 00:00:00+00'),
	(11, 'identity', '0003_posts_of_the_first_staff', '1970-01-01 00:00:00+00'),
	(12, 'identity', '0004_door', '1970-01-01 00:00:00+00'),
	(13, 'identity', '0005_attest_the_first_staff', '1970-01-01 00:00:00+00'),
	(14, 'identity', '0006_broken_glass', '1970-01-01 00:00:00+00'),
	(15, 'identity', '0007_roles_of_archive_law', '1970-01-01 00:00:00+00'),
	(16, 'access', '0001_use_doubts', '1970-01-01 00:00:00+00'),
	(17, 'access', '0002_releases', '1970-01-01 00:00:00+00'),
	(18, 'access', '0003_person_requests', '1970-01-01 00:00:00+00'),
	(19, 'access', '0004_saved_views', '1970-01-01 00:00:00+00'),
	(20, 'access', '0005_lending', '1970-01-01 00:00:00+00'),
	(21, 'access', '0006_synonyms', '1970-01-01 00:00:00+00'),
	(22, 'contenttypes', '0001_initial', '1970-01-01 00:00:00+00'),
	(23, 'contenttypes', '0002_remove_content_type_name', '1970-01-01 00:00:00+00'),
	(24, 'auth', '0001_initial', '1970-01-01 00:00:00+00'),
	(25, 'auth', '0002_alter_permission_name_max_length', '1970-01-01 00:00:00+00'),
	(26, 'auth', '0003_alter_user_email_max_length', '1970-01-01 00:00:00+00'),
	(27, 'auth', '0004_alter_user_username_opts', '1970-01-01 00:00:00+00'),
	(28, 'auth', '0005_alter_user_last_login_null', '1970-01-01 00:00:00+00'),
	(29, 'auth', '0006_require_contenttypes_0002', '1970-01-01 00:00:00+00'),
	(30, 'auth', '0007_alter_validators_add_error_messages', '1970-01-01 00:00:00+00'),
	(31, 'auth', '0008_alter_user_username_max_length', '1970-01-01 00:00:00+00'),
	(32, 'auth', '0009_alter_user_last_name_max_length', '1970-01-01 00:00:00+00'),
	(33, 'auth', '0010_alter_group_name_max_length', '1970-01-01 00:00:00+00'),
	(34, 'auth', '0011_update_proxy_permissions', '1970-01-01 00:00:00+00'),
	(35, 'auth', '0012_alter_user_first_name_max_length', '1970-01-01 00:00:00+00'),
	(36, 'checks', '0001_initial', '1970-01-01 00:00:00+00'),
	(37, 'checks', '0002_run_of_one_item', '1970-01-01 00:00:00+00'),
	(38, 'checks', '0003_handed_items', '1970-01-01 00:00:00+00'),
	(39, 'claims', '0001_initial', '1970-01-01 00:00:00+00'),
	(40, 'claims', '0002_traces', '1970-01-01 00:00:00+00'),
	(41, 'claims', '0003_drg_schemes', '1970-01-01 00:00:00+00'),
	(42, 'claims', '0004_waiting_imports', '1970-01-01 00:00:00+00'),
	(43, 'claims', '0005_taken_back', '1970-01-01 00:00:00+00'),
	(44, 'claims', '0006_lists', '1970-01-01 00:00:00+00'),
	(45, 'claims', '0007_given_back', '1970-01-01 00:00:00+00'),
	(46, 'claims', '0008_rows_kept_out_and_boxes', '1970-01-01 00:00:00+00'),
	(47, 'claims', '0009_settlement_provider_index_once', '1970-01-01 00:00:00+00'),
	(48, 'intake', '0001_initial', '1970-01-01 00:00:00+00'),
	(49, 'collection', '0001_initial', '1970-01-01 00:00:00+00'),
	(50, 'collection', '0002_changes_seen', '1970-01-01 00:00:00+00'),
	(51, 'collection', '0003_sitting', '1970-01-01 00:00:00+00'),
	(52, 'credit', '0001_credit_archive', '1970-01-01 00:00:00+00'),
	(53, 'credit', '0002_fallen_and_ended', '1970-01-01 00:00:00+00'),
	(54, 'disposition', '0001_initial', '1970-01-01 00:00:00+00'),
	(55, 'disposition', '0002_instrument_drafts', '1970-01-01 00:00:00+00'),
	(56, 'disposition', '0003_transfers', '1970-01-01 00:00:00+00'),
	(57, 'disposition', '0004_dissolved_groups', '1970-01-01 00:00:00+00'),
	(58, 'duty', '0001_initial', '1970-01-01 00:00:00+00'),
	(59, 'holdings', '0007_paper_alone', '1970-01-01 00:00:00+00'),
	(60, 'identity', '0008_posts_of_oversight', '1970-01-01 00:00:00+00'),
	(61, 'identity', '0009_roles_of_oversight', '1970-01-01 00:00:00+00'),
	(62, 'insight', '0001_initial', '1970-01-01 00:00:00+00'),
	(63, 'ledger', '0002_statements', '1970-01-01 00:00:00+00'),
	(64, 'oversight', '0001_findings_and_cases', '1970-01-01 00:00:00+00'),
	(65, 'oversight', '0002_rules_under_review', '1970-01-01 00:00:00+00'),
	(66, 'oversight', '0003_models_of_doubt', '1970-01-01 00:00:00+00'),
	(67, 'oversight', '0004_versions_of_knowledge', '1970-01-01 00:00:00+00'),
	(68, 'oversight', '0005_overturned', '1970-01-01 00:00:00+00'),
	(69, 'oversight', '0006_chance_untold', '1970-01-01 00:00:00+00'),
	(70, 'oversight', '0007_empirical_tails', '1970-01-01 00:00:00+00'),
	(71, 'oversight', '0008_versions_of_one_kind', '1970-01-01 00:00:00+00'),
	(72, 'oversight', '0009_overtaken', '1970-01-01 00:00:00+00'),
	(73, 'oversight', '0010_fallen_amount', '1970-01-01 00:00:00+00'),
	(74, 'oversight', '0011_ground_of_a_fall', '1970-01-01 00:00:00+00'),
	(75, 'preservation', '0001_initial', '1970-01-01 00:00:00+00'),
	(76, 'preservation', '0002_tiers', '1970-01-01 00:00:00+00'),
	(77, 'procrastinate', '0001_initial', '1970-01-01 00:00:00+00'),
	(78, 'procrastinate', '0002_drop_started_at_column', '1970-01-01 00:00:00+00'),
	(79, 'procrastinate', '0003_drop_started_at_column', '1970-01-01 00:00:00+00'),
	(80, 'procrastinate', '0004_drop_procrastinate_version_table', '1970-01-01 00:00:00+00'),
	(101, 'procrastinate', '0025_add_models', '1970-01-01 00:00:00+00'),
	(81, 'procrastinate', '0005_fix_procrastinate_fetch_job', '1970-01-01 00:00:00+00'),
	(82, 'procrastinate', '0006_fix_trigger_status_events_insert', '1970-01-01 00:00:00+00'),
	(83, 'procrastinate', '0007_add_queueing_lock_column', '1970-01-01 00:00:00+00'),
	(84, 'procrastinate', '0008_close_fetch_job_race_condition', '1970-01-01 00:00:00+00'),
	(85, 'procrastinate', '0009_add_defer_job_function', '1970-01-01 00:00:00+00'),
	(86, 'procrastinate', '0010_add_procrastinate_periodic_defers', '1970-01-01 00:00:00+00'),
	(87, 'procrastinate', '0011_add_foreign_key_index', '1970-01-01 00:00:00+00'),
	(88, 'procrastinate', '0012_add_locks_to_periodic_defer', '1970-01-01 00:00:00+00'),
	(89, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '1970-01-01 00:00:00+00'),
	(90, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '1970-01-01 00:00:00+00'),
	(91, 'procrastinate', '0015_add_trigger_on_job_deletion', '1970-01-01 00:00:00+00'),
	(92, 'procrastinate', '0016_delete_finished_jobs', '1970-01-01 00:00:00+00'),
	(93, 'procrastinate', '0017_add_checks_to_finish_job', '1970-01-01 00:00:00+00'),
	(94, 'procrastinate', '0018_add_checks_to_retry_job', '1970-01-01 00:00:00+00'),
	(95, 'procrastinate', '0019_fix_finish_job_compat_issue', '1970-01-01 00:00:00+00'),
	(96, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '1970-01-01 00:00:00+00'),
	(97, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '1970-01-01 00:00:00+00'),
	(98, 'procrastinate', '0022_null_locks_excluded', '1970-01-01 00:00:00+00'),
	(99, 'procrastinate', '0023_remove_old_finish_job_function', '1970-01-01 00:00:00+00'),
	(100, 'procrastinate', '0024_job_id_bigint', '1970-01-01 00:00:00+00'),
	(102, 'procrastinate', '0026_add_job_priority', '1970-01-01 00:00:00+00'),
	(103, 'procrastinate', '0027_add_periodic_job_priority', '1970-01-01 00:00:00+00'),
	(104, 'procrastinate', '0028_add_cancel_states', '1970-01-01 00:00:00+00'),
	(105, 'procrastinate', '0029_add_additional_params_to_retry_job', '1970-01-01 00:00:00+00'),
	(106, 'procrastinate', '0030_alter_procrastinateevent_options', '1970-01-01 00:00:00+00'),
	(107, 'procrastinate', '0031_add_indexes_for_fetch_job', '1970-01-01 00:00:00+00'),
	(108, 'procrastinate', '0032_pre_cancel_notification', '1970-01-01 00:00:00+00'),
	(109, 'procrastinate', '0033_post_cancel_notification', '1970-01-01 00:00:00+00'),
	(110, 'procrastinate', '0034_pre_add_heartbeat', '1970-01-01 00:00:00+00'),
	(111, 'procrastinate', '0035_post_add_heartbeat', '1970-01-01 00:00:00+00'),
	(112, 'procrastinate', '0036_add_worker_model', '1970-01-01 00:00:00+00'),
	(113, 'procrastinate', '0037_pre_batch_defer_jobs', '1970-01-01 00:00:00+00'),
	(114, 'procrastinate', '0038_post_batch_defer_jobs', '1970-01-01 00:00:00+00'),
	(115, 'procrastinate', '0039_pre_priority_lock_fetch_job', '1970-01-01 00:00:00+00'),
	(116, 'procrastinate', '0040_pre_retry_failed_job', '1970-01-01 00:00:00+00'),
	(117, 'procrastinate', '0041_post_retry_failed_job', '1970-01-01 00:00:00+00'),
	(118, 'quality', '0001_initial', '1970-01-01 00:00:00+00'),
	(119, 'sessions', '0001_initial', '1970-01-01 00:00:00+00'),
	(120, 'storeroom', '0001_initial', '1970-01-01 00:00:00+00'),
	(121, 'workflow', '0001_initial', '1970-01-01 00:00:00+00'),
	(122, 'workflow', '0002_outside_parties', '1970-01-01 00:00:00+00');
SELECT pg_catalog.setval('public.access_impactassessment_number_seq', 1, false);
SELECT pg_catalog.setval('public.access_leaknotice_number_seq', 1, false);
SELECT pg_catalog.setval('public.access_loan_number_seq', 1, false);
SELECT pg_catalog.setval('public.access_loanitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.access_loanstep_id_seq', 1, false);
SELECT pg_catalog.setval('public.access_personrequest_number_seq', 1, false);
SELECT pg_catalog.setval('public.access_release_number_seq', 1, false);
SELECT pg_catalog.setval('public.access_useday_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 768, true);
SELECT pg_catalog.setval('public.checks_checkscheme_id_seq', 1, false);
SELECT pg_catalog.setval('public.checks_failure_id_seq', 1, false);
SELECT pg_catalog.setval('public.checks_handeditem_id_seq', 1, false);
SELECT pg_catalog.setval('public.checks_run_number_seq', 1, false);
SELECT pg_catalog.setval('public.claims_boxmove_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_code_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_department_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_historychange_number_seq', 1, false);
SELECT pg_catalog.setval('public.claims_import_number_seq', 1, false);
SELECT pg_catalog.setval('public.claims_product_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_quarantinedrow_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_takenlist_number_seq', 1, false);
SELECT pg_catalog.setval('public.collection_casematerial_id_seq', 1, false);
SELECT pg_catalog.setval('public.collection_letter_number_seq', 1, false);
SELECT pg_catalog.setval('public.collection_letterline_id_seq', 1, false);
SELECT pg_catalog.setval('public.collection_ower_id_seq', 1, false);
SELECT pg_catalog.setval('public.collection_receipt_id_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_appraisal_number_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_destructionlist_number_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_holdorder_number_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_instrumentdraft_number_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_listitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_member_id_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_termconfirmation_id_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_transfer_number_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_transferitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.disposition_witness_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 192, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 122, true);
SELECT pg_catalog.setval('public.duty_handover_number_seq', 1, false);
SELECT pg_catalog.setval('public.duty_incident_number_seq', 1, false);
SELECT pg_catalog.setval('public.duty_processor_accounts_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_alias_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_change_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_hold_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_identifier_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_itemfile_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_itemscope_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_itemversion_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_retentionrule_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_schemeversion_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_volumestep_id_seq', 1, false);
SELECT pg_catalog.setval('public.holdings_working_number', 1, false);
SELECT pg_catalog.setval('public.identity_pastpassword_id_seq', 1, false);
SELECT pg_catalog.setval('public.insight_snapshot_id_seq', 1, false);
SELECT pg_catalog.setval('public.insight_yearlyentry_id_seq', 1, false);
SELECT pg_catalog.setval('public.intake_cataloguerow_id_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_case_number_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_caseitem_id_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_finding_number_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_findingline_id_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_inspector_id_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_instalment_id_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_knowledgeversion_number_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_paperrequest_number_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_rulereview_number_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_run_number_seq', 1, false);
SELECT pg_catalog.setval('public.oversight_scoremodel_number_seq', 1, false);
SELECT pg_catalog.setval('public.preservation_tierpolicy_number_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);
SELECT pg_catalog.setval('public.quality_case_number_seq', 1, false);
SELECT pg_catalog.setval('public.quality_fieldcheck_id_seq', 1, false);
SELECT pg_catalog.setval('public.quality_finding_number_seq', 1, false);
SELECT pg_catalog.setval('public.quality_pageprint_id_seq', 1, false);
SELECT pg_catalog.setval('public.quality_rate_id_seq', 1, false);
SELECT pg_catalog.setval('public.quality_sample_number_seq', 1, false);
SELECT pg_catalog.setval('public.quality_setting_id_seq', 1, false);
SELECT pg_catalog.setval('public.storeroom_alarm_number_seq', 1, false);
SELECT pg_catalog.setval('public.storeroom_answer_id_seq', 1, false);
SELECT pg_catalog.setval('public.storeroom_box_number_seq', 1, false);
SELECT pg_catalog.setval('public.storeroom_expectation_id_seq', 1, false);
SELECT pg_catalog.setval('public.storeroom_round_number_seq', 1, false);
SELECT pg_catalog.setval('public.storeroom_sensor_number_seq', 1, false);
SELECT pg_catalog.setval('public.storeroom_stocktake_number_seq', 1, false);
SELECT pg_catalog.setval('public.workflow_approval_number_seq', 1, false);
SELECT pg_catalog.setval('public.workflow_attempt_id_seq', 1, false);
SELECT pg_catalog.setval('public.workflow_choice_id_seq', 1, false);
ALTER TABLE ONLY credit.appeal
    ADD CONSTRAINT appeal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit.confirmation
    ADD CONSTRAINT confirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit.decision
    ADD CONSTRAINT credit_decision_number UNIQUE (issuer, series, year, serial);
ALTER TABLE ONLY credit.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit.deduction
    ADD CONSTRAINT deduction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit.log
    ADD CONSTRAINT log_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY credit.mark
    ADD CONSTRAINT mark_pkey PRIMARY KEY (digest);
ALTER TABLE ONLY credit.measure
    ADD CONSTRAINT measure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit.repair
    ADD CONSTRAINT repair_pkey PRIMARY KEY (id);
ALTER TABLE ONLY credit.subject
    ADD CONSTRAINT subject_code_key UNIQUE (code);
ALTER TABLE ONLY credit.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_certifiedcopy
    ADD CONSTRAINT access_certifiedcopy_id_key UNIQUE (id);
ALTER TABLE ONLY public.access_certifiedcopy
    ADD CONSTRAINT access_certifiedcopy_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.access_impactassessment
    ADD CONSTRAINT access_impactassessment_id_key UNIQUE (id);
ALTER TABLE ONLY public.access_impactassessment
    ADD CONSTRAINT access_impactassessment_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.access_leaknotice
    ADD CONSTRAINT access_leaknotice_id_key UNIQUE (id);
ALTER TABLE ONLY public.access_leaknotice
    ADD CONSTRAINT access_leaknotice_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.access_ledback
    ADD CONSTRAINT access_ledback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_loan
    ADD CONSTRAINT access_loan_id_key UNIQUE (id);
ALTER TABLE ONLY public.access_loan
    ADD CONSTRAINT access_loan_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.access_loanitem
    ADD CONSTRAINT access_loanitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_loanstep
    ADD CONSTRAINT access_loanstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_personrequest
    ADD CONSTRAINT access_personrequest_id_key UNIQUE (id);
ALTER TABLE ONLY public.access_personrequest
    ADD CONSTRAINT access_personrequest_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.access_release
    ADD CONSTRAINT access_release_id_key UNIQUE (id);
ALTER TABLE ONLY public.access_release
    ADD CONSTRAINT access_release_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.access_savedview
    ADD CONSTRAINT access_savedview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_synonym
    ADD CONSTRAINT access_synonym_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_use
    ADD CONSTRAINT access_use_copy_id_key UNIQUE (copy_id);
ALTER TABLE ONLY public.access_use
    ADD CONSTRAINT access_use_loan_id_key UNIQUE (loan_id);
ALTER TABLE ONLY public.access_use
    ADD CONSTRAINT access_use_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_useanalysis
    ADD CONSTRAINT access_useanalysis_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_useday
    ADD CONSTRAINT access_useday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_usedoubt
    ADD CONSTRAINT access_usedoubt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition_member
    ADD CONSTRAINT appraisal_member_once UNIQUE (appraisal_id, staff_id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition_candidate
    ADD CONSTRAINT candidate_ordinal UNIQUE (appraisal_id, ordinal);
ALTER TABLE ONLY public.collection_casematerial
    ADD CONSTRAINT case_material_once UNIQUE (case_id, "position");
ALTER TABLE ONLY public.collection_case
    ADD CONSTRAINT case_of_accession UNIQUE (accession_id);
ALTER TABLE ONLY public.collection_case
    ADD CONSTRAINT case_once UNIQUE (system_id, digest);
ALTER TABLE ONLY public.intake_cataloguerow
    ADD CONSTRAINT catalogue_row_once UNIQUE (file_id, number);
ALTER TABLE ONLY public.checks_failure
    ADD CONSTRAINT check_failure_once UNIQUE (item, code);
ALTER TABLE ONLY public.checks_handeditem
    ADD CONSTRAINT check_handed_once UNIQUE (course_id, item);
ALTER TABLE ONLY public.checks_result
    ADD CONSTRAINT check_result_once UNIQUE (run_id, code);
ALTER TABLE ONLY public.checks_sample
    ADD CONSTRAINT check_sample_once UNIQUE (course_id, round);
ALTER TABLE ONLY public.checks_checkscheme
    ADD CONSTRAINT check_scheme_once UNIQUE (fonds_id, number);
ALTER TABLE ONLY public.checks_checkscheme
    ADD CONSTRAINT checks_checkscheme_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.checks_course
    ADD CONSTRAINT checks_course_pkey PRIMARY KEY (accession);
ALTER TABLE ONLY public.checks_failure
    ADD CONSTRAINT checks_failure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.checks_handeditem
    ADD CONSTRAINT checks_handeditem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.checks_result
    ADD CONSTRAINT checks_result_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.checks_run
    ADD CONSTRAINT checks_run_id_key UNIQUE (id);
ALTER TABLE ONLY public.checks_run
    ADD CONSTRAINT checks_run_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.checks_sample
    ADD CONSTRAINT checks_sample_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.checks_sampleditem
    ADD CONSTRAINT checks_sampleditem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.checks_step
    ADD CONSTRAINT checks_step_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_choice
    ADD CONSTRAINT choice_once UNIQUE (staff_id, kind, channel);
ALTER TABLE ONLY public.claims_box
    ADD CONSTRAINT claims_box_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_00
    ADD CONSTRAINT claims_box_00_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_01
    ADD CONSTRAINT claims_box_01_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_02
    ADD CONSTRAINT claims_box_02_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_03
    ADD CONSTRAINT claims_box_03_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_04
    ADD CONSTRAINT claims_box_04_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_05
    ADD CONSTRAINT claims_box_05_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_06
    ADD CONSTRAINT claims_box_06_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_07
    ADD CONSTRAINT claims_box_07_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_08
    ADD CONSTRAINT claims_box_08_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_09
    ADD CONSTRAINT claims_box_09_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_10
    ADD CONSTRAINT claims_box_10_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_11
    ADD CONSTRAINT claims_box_11_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_12
    ADD CONSTRAINT claims_box_12_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_13
    ADD CONSTRAINT claims_box_13_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_14
    ADD CONSTRAINT claims_box_14_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_box_15
    ADD CONSTRAINT claims_box_15_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.claims_boxalert
    ADD CONSTRAINT claims_boxalert_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_boxmove
    ADD CONSTRAINT claims_boxmove_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_clinicalextract
    ADD CONSTRAINT claims_clinicalextract_pkey PRIMARY KEY (claim);
ALTER TABLE ONLY public.claims_code
    ADD CONSTRAINT claims_code_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_datedentry
    ADD CONSTRAINT claims_datedentry_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.claims_datedentry
    ADD CONSTRAINT claims_datedentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_department
    ADD CONSTRAINT claims_department_once UNIQUE (provider_id, code);
ALTER TABLE ONLY public.claims_department
    ADD CONSTRAINT claims_department_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_drgscheme
    ADD CONSTRAINT claims_drgscheme_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_encounter
    ADD CONSTRAINT claims_encounter_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.claims_enrolee
    ADD CONSTRAINT claims_enrolee_person_key UNIQUE (person);
ALTER TABLE ONLY public.claims_enrolee
    ADD CONSTRAINT claims_enrolee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_enroleesource
    ADD CONSTRAINT claims_enroleesource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_historychange
    ADD CONSTRAINT claims_historychange_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.claims_import
    ADD CONSTRAINT claims_import_id_key UNIQUE (id);
ALTER TABLE ONLY public.claims_import
    ADD CONSTRAINT claims_import_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.claims_line
    ADD CONSTRAINT claims_line_pkey PRIMARY KEY (line);
ALTER TABLE ONLY public.claims_linkcandidate
    ADD CONSTRAINT claims_linkcandidate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_merge
    ADD CONSTRAINT claims_merge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_practitioner
    ADD CONSTRAINT claims_practitioner_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.claims_prescription
    ADD CONSTRAINT claims_prescription_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.claims_product
    ADD CONSTRAINT claims_product_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_provider
    ADD CONSTRAINT claims_provider_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.claims_quarantinedrow
    ADD CONSTRAINT claims_quarantinedrow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_settlement
    ADD CONSTRAINT claims_settlement_pkey PRIMARY KEY (claim);
ALTER TABLE ONLY public.claims_settlementevent
    ADD CONSTRAINT claims_settlementevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_takenlist
    ADD CONSTRAINT claims_takenlist_id_key UNIQUE (id);
ALTER TABLE ONLY public.claims_takenlist
    ADD CONSTRAINT claims_takenlist_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.claims_code
    ADD CONSTRAINT code_once_in_list UNIQUE (list_id, code);
ALTER TABLE ONLY public.collection_businesssystem
    ADD CONSTRAINT collection_businesssystem_code_key UNIQUE (code);
ALTER TABLE ONLY public.collection_businesssystem
    ADD CONSTRAINT collection_businesssystem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_businesssystem
    ADD CONSTRAINT collection_businesssystem_token_digest_key UNIQUE (token_digest);
ALTER TABLE ONLY public.collection_case
    ADD CONSTRAINT collection_case_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_casematerial
    ADD CONSTRAINT collection_casematerial_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_changesseen
    ADD CONSTRAINT collection_changesseen_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_holiday
    ADD CONSTRAINT collection_holiday_pkey PRIMARY KEY (day);
ALTER TABLE ONLY public.collection_institution
    ADD CONSTRAINT collection_institution_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.collection_letter
    ADD CONSTRAINT collection_letter_id_key UNIQUE (id);
ALTER TABLE ONLY public.collection_letter
    ADD CONSTRAINT collection_letter_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.collection_letterline
    ADD CONSTRAINT collection_letterline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_obligation
    ADD CONSTRAINT collection_obligation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_ower
    ADD CONSTRAINT collection_ower_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_receipt
    ADD CONSTRAINT collection_receipt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_requirement
    ADD CONSTRAINT collection_requirement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_sitting
    ADD CONSTRAINT collection_sitting_pkey PRIMARY KEY (accession_id);
ALTER TABLE ONLY public.disposition_appraisal
    ADD CONSTRAINT disposition_appraisal_id_key UNIQUE (id);
ALTER TABLE ONLY public.disposition_appraisal
    ADD CONSTRAINT disposition_appraisal_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.disposition_candidate
    ADD CONSTRAINT disposition_candidate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition_destructionlist
    ADD CONSTRAINT disposition_destructionlist_id_key UNIQUE (id);
ALTER TABLE ONLY public.disposition_destructionlist
    ADD CONSTRAINT disposition_destructionlist_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.disposition_holdorder
    ADD CONSTRAINT disposition_holdorder_id_key UNIQUE (id);
ALTER TABLE ONLY public.disposition_holdorder
    ADD CONSTRAINT disposition_holdorder_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.disposition_instrumentdraft
    ADD CONSTRAINT disposition_instrumentdraft_id_key UNIQUE (id);
ALTER TABLE ONLY public.disposition_instrumentdraft
    ADD CONSTRAINT disposition_instrumentdraft_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.disposition_listitem
    ADD CONSTRAINT disposition_listitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition_member
    ADD CONSTRAINT disposition_member_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition_opinion
    ADD CONSTRAINT disposition_opinion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition_termconfirmation
    ADD CONSTRAINT disposition_termconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition_transfer
    ADD CONSTRAINT disposition_transfer_id_key UNIQUE (id);
ALTER TABLE ONLY public.disposition_transfer
    ADD CONSTRAINT disposition_transfer_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.disposition_transferitem
    ADD CONSTRAINT disposition_transferitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition_witness
    ADD CONSTRAINT disposition_witness_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.claims_drgscheme
    ADD CONSTRAINT drg_scheme_version_once UNIQUE (code, version);
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_id_key UNIQUE (id);
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.duty_incident
    ADD CONSTRAINT duty_incident_id_key UNIQUE (id);
ALTER TABLE ONLY public.duty_incident
    ADD CONSTRAINT duty_incident_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.duty_processor_accounts
    ADD CONSTRAINT duty_processor_accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_processor_accounts
    ADD CONSTRAINT duty_processor_accounts_processor_id_staff_id_b565d777_uniq UNIQUE (processor_id, staff_id);
ALTER TABLE ONLY public.duty_processor
    ADD CONSTRAINT duty_processor_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_responsibility
    ADD CONSTRAINT duty_responsibility_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_enroleesource
    ADD CONSTRAINT enrolee_source_once UNIQUE (source, number_index);
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT evidence_once UNIQUE NULLS NOT DISTINCT (claim, item, page);
ALTER TABLE ONLY public.quality_fieldcheck
    ADD CONSTRAINT field_check_once UNIQUE (row_id, key);
ALTER TABLE ONLY public.oversight_findingline
    ADD CONSTRAINT finding_line_once UNIQUE (finding_id, line);
ALTER TABLE ONLY public.quality_finding
    ADD CONSTRAINT finding_once UNIQUE (item_id, kind, key);
ALTER TABLE ONLY public.holdings_alias
    ADD CONSTRAINT holdings_alias_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_alias
    ADD CONSTRAINT holdings_alias_reference_code_key UNIQUE (reference_code);
ALTER TABLE ONLY public.holdings_change
    ADD CONSTRAINT holdings_change_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_fonds
    ADD CONSTRAINT holdings_fonds_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.holdings_hold
    ADD CONSTRAINT holdings_hold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_identifier
    ADD CONSTRAINT holdings_identifier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_item
    ADD CONSTRAINT holdings_item_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_item
    ADD CONSTRAINT holdings_item_reference_code_key UNIQUE (reference_code);
ALTER TABLE ONLY public.holdings_item
    ADD CONSTRAINT holdings_item_working_number_key UNIQUE (working_number);
ALTER TABLE ONLY public.holdings_itemfile
    ADD CONSTRAINT holdings_itemfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_itemscope
    ADD CONSTRAINT holdings_itemscope_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_itemversion
    ADD CONSTRAINT holdings_itemversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_numbersequence
    ADD CONSTRAINT holdings_numbersequence_pkey PRIMARY KEY (prefix);
ALTER TABLE ONLY public.holdings_page
    ADD CONSTRAINT holdings_page_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_pendingversion
    ADD CONSTRAINT holdings_pendingversion_pkey PRIMARY KEY (item_id);
ALTER TABLE ONLY public.holdings_pendingversion
    ADD CONSTRAINT holdings_pendingversion_reference_code_key UNIQUE (reference_code);
ALTER TABLE ONLY public.holdings_retentionrule
    ADD CONSTRAINT holdings_retentionrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_schemeversion
    ADD CONSTRAINT holdings_schemeversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_series
    ADD CONSTRAINT holdings_series_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.holdings_tombstone
    ADD CONSTRAINT holdings_tombstone_pkey PRIMARY KEY (item);
ALTER TABLE ONLY public.holdings_tombstone
    ADD CONSTRAINT holdings_tombstone_reference_code_key UNIQUE (reference_code);
ALTER TABLE ONLY public.holdings_volume
    ADD CONSTRAINT holdings_volume_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_volume
    ADD CONSTRAINT holdings_volume_reference_code_key UNIQUE (reference_code);
ALTER TABLE ONLY public.holdings_volumestep
    ADD CONSTRAINT holdings_volumestep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_identifier
    ADD CONSTRAINT identifier_once UNIQUE (item_id, kind, digest);
ALTER TABLE ONLY public.identity_brokenglass
    ADD CONSTRAINT identity_brokenglass_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.identity_department
    ADD CONSTRAINT identity_department_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.identity_factor
    ADD CONSTRAINT identity_factor_credential_key UNIQUE (credential);
ALTER TABLE ONLY public.identity_factor
    ADD CONSTRAINT identity_factor_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.identity_pastpassword
    ADD CONSTRAINT identity_pastpassword_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.identity_post
    ADD CONSTRAINT identity_post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.identity_signinthrottle
    ADD CONSTRAINT identity_signinthrottle_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.identity_staff
    ADD CONSTRAINT identity_staff_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.identity_staff
    ADD CONSTRAINT identity_staff_sso_subject_key UNIQUE (sso_subject);
ALTER TABLE ONLY public.identity_staff
    ADD CONSTRAINT identity_staff_username_key UNIQUE (username);
ALTER TABLE ONLY public.identity_visit
    ADD CONSTRAINT identity_visit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.insight_snapshot
    ADD CONSTRAINT insight_snapshot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.insight_yearlyentry
    ADD CONSTRAINT insight_yearlyentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_caseitem
    ADD CONSTRAINT inspection_item_once UNIQUE (case_id, item);
ALTER TABLE ONLY public.oversight_inspector
    ADD CONSTRAINT inspector_once UNIQUE (case_id, staff_id);
ALTER TABLE ONLY public.oversight_instalment
    ADD CONSTRAINT instalment_once UNIQUE (case_id, ordinal);
ALTER TABLE ONLY public.intake_accession
    ADD CONSTRAINT intake_accession_number_key UNIQUE (number);
ALTER TABLE ONLY public.intake_accession
    ADD CONSTRAINT intake_accession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_cataloguerow
    ADD CONSTRAINT intake_cataloguerow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_columnmapping
    ADD CONSTRAINT intake_columnmapping_pkey PRIMARY KEY (header_digest);
ALTER TABLE ONLY public.intake_contentclaim
    ADD CONSTRAINT intake_contentclaim_pkey PRIMARY KEY (digest);
ALTER TABLE ONLY public.intake_pagemark
    ADD CONSTRAINT intake_pagemark_pkey PRIMARY KEY (page);
ALTER TABLE ONLY public.intake_pageturn
    ADD CONSTRAINT intake_pageturn_pkey PRIMARY KEY (page);
ALTER TABLE ONLY public.intake_receivedfile
    ADD CONSTRAINT intake_receivedfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holdings_itemfile
    ADD CONSTRAINT item_file_ordinal UNIQUE (item_id, ordinal);
ALTER TABLE ONLY public.holdings_itemversion
    ADD CONSTRAINT item_version_once UNIQUE (item_id, number);
ALTER TABLE ONLY public.ledger_checkpoint
    ADD CONSTRAINT ledger_checkpoint_pkey PRIMARY KEY (size);
ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ledger_position
    ADD CONSTRAINT ledger_position_entry_id_key UNIQUE (entry_id);
ALTER TABLE ONLY public.ledger_position
    ADD CONSTRAINT ledger_position_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.ledger_statement
    ADD CONSTRAINT ledger_statement_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.ledger_statement
    ADD CONSTRAINT ledger_statement_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.ledger_waiting
    ADD CONSTRAINT ledger_waiting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_linkcandidate
    ADD CONSTRAINT link_candidate_once UNIQUE (left_id, right_id);
ALTER TABLE ONLY public.access_loanitem
    ADD CONSTRAINT loan_item_once UNIQUE (loan_id, item);
ALTER TABLE ONLY public.access_loanstep
    ADD CONSTRAINT loan_step_ordinal UNIQUE (loan_id, ordinal);
ALTER TABLE ONLY public.collection_obligation
    ADD CONSTRAINT obligation_once UNIQUE NULLS NOT DISTINCT (requirement_id, institution_id, section_id, period);
ALTER TABLE ONLY public.disposition_opinion
    ADD CONSTRAINT opinion_once UNIQUE (candidate_id, member_id);
ALTER TABLE ONLY public.oversight_case
    ADD CONSTRAINT oversight_case_id_key UNIQUE (id);
ALTER TABLE ONLY public.oversight_case
    ADD CONSTRAINT oversight_case_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.oversight_casefile
    ADD CONSTRAINT oversight_casefile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_caseitem
    ADD CONSTRAINT oversight_caseitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_casestep
    ADD CONSTRAINT oversight_casestep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_fingerprint_key UNIQUE (fingerprint);
ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_id_key UNIQUE (id);
ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.oversight_findingline
    ADD CONSTRAINT oversight_findingline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_inspector
    ADD CONSTRAINT oversight_inspector_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_instalment
    ADD CONSTRAINT oversight_instalment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_knowledgeversion
    ADD CONSTRAINT oversight_knowledgeversion_id_key UNIQUE (id);
ALTER TABLE ONLY public.oversight_knowledgeversion
    ADD CONSTRAINT oversight_knowledgeversion_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.oversight_paperrequest
    ADD CONSTRAINT oversight_paperrequest_id_key UNIQUE (id);
ALTER TABLE ONLY public.oversight_paperrequest
    ADD CONSTRAINT oversight_paperrequest_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.oversight_payment
    ADD CONSTRAINT oversight_payment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.oversight_reading
    ADD CONSTRAINT oversight_reading_pkey PRIMARY KEY (staff_id);
ALTER TABLE ONLY public.oversight_rulereview
    ADD CONSTRAINT oversight_rulereview_id_key UNIQUE (id);
ALTER TABLE ONLY public.oversight_rulereview
    ADD CONSTRAINT oversight_rulereview_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.oversight_run
    ADD CONSTRAINT oversight_run_id_key UNIQUE (id);
ALTER TABLE ONLY public.oversight_run
    ADD CONSTRAINT oversight_run_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.oversight_scoremodel
    ADD CONSTRAINT oversight_scoremodel_id_key UNIQUE (id);
ALTER TABLE ONLY public.oversight_scoremodel
    ADD CONSTRAINT oversight_scoremodel_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.oversight_verdict
    ADD CONSTRAINT oversight_verdict_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.collection_ower
    ADD CONSTRAINT ower_once UNIQUE NULLS NOT DISTINCT (requirement_id, institution_id, section_id);
ALTER TABLE ONLY public.holdings_page
    ADD CONSTRAINT page_number_once UNIQUE (item_id, number);
ALTER TABLE ONLY public.quality_pageprint
    ADD CONSTRAINT page_print_once UNIQUE (item_id, page);
ALTER TABLE ONLY public.preservation_coldobject
    ADD CONSTRAINT preservation_coldobject_pkey PRIMARY KEY (object_id);
ALTER TABLE ONLY public.preservation_copyduty
    ADD CONSTRAINT preservation_copyduty_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.preservation_tierpolicy
    ADD CONSTRAINT preservation_tierpolicy_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.preservation_tierrun
    ADD CONSTRAINT preservation_tierrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_case
    ADD CONSTRAINT quality_case_id_key UNIQUE (id);
ALTER TABLE ONLY public.quality_case
    ADD CONSTRAINT quality_case_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.quality_casestep
    ADD CONSTRAINT quality_casestep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_declaredmissing
    ADD CONSTRAINT quality_declaredmissing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_fieldcheck
    ADD CONSTRAINT quality_fieldcheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_finding
    ADD CONSTRAINT quality_finding_id_key UNIQUE (id);
ALTER TABLE ONLY public.quality_finding
    ADD CONSTRAINT quality_finding_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.quality_look
    ADD CONSTRAINT quality_look_pkey PRIMARY KEY (item_id);
ALTER TABLE ONLY public.quality_pageprint
    ADD CONSTRAINT quality_pageprint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_progress
    ADD CONSTRAINT quality_progress_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.quality_rate
    ADD CONSTRAINT quality_rate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_sample
    ADD CONSTRAINT quality_sample_id_key UNIQUE (id);
ALTER TABLE ONLY public.quality_sample
    ADD CONSTRAINT quality_sample_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.quality_sampleitem
    ADD CONSTRAINT quality_sampleitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_setting
    ADD CONSTRAINT quality_setting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_rate
    ADD CONSTRAINT rate_once UNIQUE (quarter, institution, process);
ALTER TABLE ONLY public.collection_receipt
    ADD CONSTRAINT receipt_once UNIQUE (obligation_id, accession_id);
ALTER TABLE ONLY public.intake_receivedfile
    ADD CONSTRAINT received_path_once UNIQUE NULLS NOT DISTINCT (accession_id, container_id, path_digest);
ALTER TABLE ONLY public.holdings_retentionrule
    ADD CONSTRAINT retention_rule_once UNIQUE (schedule_version, code);
ALTER TABLE ONLY public.storeroom_answer
    ADD CONSTRAINT round_answer_once UNIQUE (round_id, point);
ALTER TABLE ONLY public.quality_sampleitem
    ADD CONSTRAINT sample_item_once UNIQUE (sample_id, item);
ALTER TABLE ONLY public.quality_sample
    ADD CONSTRAINT sample_once UNIQUE (quarter, series_id);
ALTER TABLE ONLY public.quality_sampleitem
    ADD CONSTRAINT sample_ordinal UNIQUE (sample_id, ordinal);
ALTER TABLE ONLY public.holdings_schemeversion
    ADD CONSTRAINT scheme_version_once UNIQUE (fonds_id, number);
ALTER TABLE ONLY public.claims_settlementevent
    ADD CONSTRAINT settlement_version_once UNIQUE (claim, version);
ALTER TABLE ONLY public.identity_staff
    ADD CONSTRAINT staff_id_duty UNIQUE (id, duty);
ALTER TABLE ONLY public.storeroom_expectation
    ADD CONSTRAINT stock_expectation_once UNIQUE (take_id, tag);
ALTER TABLE ONLY public.storeroom_alarm
    ADD CONSTRAINT storeroom_alarm_id_key UNIQUE (id);
ALTER TABLE ONLY public.storeroom_alarm
    ADD CONSTRAINT storeroom_alarm_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.storeroom_answer
    ADD CONSTRAINT storeroom_answer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.storeroom_box
    ADD CONSTRAINT storeroom_box_id_key UNIQUE (id);
ALTER TABLE ONLY public.storeroom_box
    ADD CONSTRAINT storeroom_box_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.storeroom_difference
    ADD CONSTRAINT storeroom_difference_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.storeroom_expectation
    ADD CONSTRAINT storeroom_expectation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.storeroom_finding
    ADD CONSTRAINT storeroom_finding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.storeroom_hourlyreading
    ADD CONSTRAINT storeroom_hourlyreading_pkey PRIMARY KEY (sensor_id, hour);
ALTER TABLE ONLY public.storeroom_keeping
    ADD CONSTRAINT storeroom_keeping_pkey PRIMARY KEY (thing);
ALTER TABLE ONLY public.storeroom_outgoing
    ADD CONSTRAINT storeroom_outgoing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.storeroom_photo
    ADD CONSTRAINT storeroom_photo_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.storeroom_place
    ADD CONSTRAINT storeroom_place_code_key UNIQUE (code);
ALTER TABLE ONLY public.storeroom_place
    ADD CONSTRAINT storeroom_place_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.storeroom_reading
    ADD CONSTRAINT storeroom_reading_pkey PRIMARY KEY (sensor_id, at);
ALTER TABLE ONLY public.storeroom_round
    ADD CONSTRAINT storeroom_round_id_key UNIQUE (id);
ALTER TABLE ONLY public.storeroom_round
    ADD CONSTRAINT storeroom_round_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.storeroom_scan
    ADD CONSTRAINT storeroom_scan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.storeroom_sensor
    ADD CONSTRAINT storeroom_sensor_code_key UNIQUE (code);
ALTER TABLE ONLY public.storeroom_sensor
    ADD CONSTRAINT storeroom_sensor_id_key UNIQUE (id);
ALTER TABLE ONLY public.storeroom_sensor
    ADD CONSTRAINT storeroom_sensor_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.storeroom_stocktake
    ADD CONSTRAINT storeroom_stocktake_id_key UNIQUE (id);
ALTER TABLE ONLY public.storeroom_stocktake
    ADD CONSTRAINT storeroom_stocktake_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.storeroom_zoneentry
    ADD CONSTRAINT storeroom_zoneentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition_termconfirmation
    ADD CONSTRAINT term_confirmed_once UNIQUE (schedule_version, rule_code, term);
ALTER TABLE ONLY public.claims_product
    ADD CONSTRAINT three_codes_once UNIQUE (trace_prefix, product, item);
ALTER TABLE ONLY public.access_useday
    ADD CONSTRAINT use_day_once UNIQUE (staff_id, day);
ALTER TABLE ONLY public.access_usedoubt
    ADD CONSTRAINT use_doubt_once_a_day UNIQUE (rule, staff_id, day);
ALTER TABLE ONLY public.oversight_payment
    ADD CONSTRAINT voucher_once UNIQUE (case_id, voucher);
ALTER TABLE ONLY public.disposition_witness
    ADD CONSTRAINT witness_once UNIQUE (list_id, staff_id);
ALTER TABLE ONLY public.workflow_address
    ADD CONSTRAINT workflow_address_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_approval
    ADD CONSTRAINT workflow_approval_id_key UNIQUE (id);
ALTER TABLE ONLY public.workflow_approval
    ADD CONSTRAINT workflow_approval_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.workflow_attempt
    ADD CONSTRAINT workflow_attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_choice
    ADD CONSTRAINT workflow_choice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_deadline
    ADD CONSTRAINT workflow_deadline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_deadline
    ADD CONSTRAINT workflow_deadline_task_id_key UNIQUE (task_id);
ALTER TABLE ONLY public.workflow_delivery
    ADD CONSTRAINT workflow_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_notice
    ADD CONSTRAINT workflow_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_task
    ADD CONSTRAINT workflow_task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.insight_yearlyentry
    ADD CONSTRAINT yearly_entry_once UNIQUE (year, code);
CREATE INDEX appeal_deduction_id_b7d6b25e ON credit.appeal USING btree (deduction_id);
CREATE INDEX appeal_measure_id_16bd5f60 ON credit.appeal USING btree (measure_id);
CREATE UNIQUE INDEX credit_appeal_measure_once ON credit.appeal USING btree (measure_id) WHERE (NOT ((ground)::text = 'overturned'::text));
CREATE UNIQUE INDEX credit_appeal_once ON credit.appeal USING btree (deduction_id) WHERE (NOT ((ground)::text = 'overturned'::text));
CREATE UNIQUE INDEX credit_deduction_once ON credit.deduction USING btree (subject_id, decision_id, behaviour) WHERE ((state)::text = ANY (ARRAY[('asked'::character varying)::text, ('in_force'::character varying)::text]));
CREATE UNIQUE INDEX credit_overturned_measure_once ON credit.appeal USING btree (measure_id) WHERE ((ground)::text = 'overturned'::text);
CREATE UNIQUE INDEX credit_overturned_once ON credit.appeal USING btree (deduction_id) WHERE ((ground)::text = 'overturned'::text);
CREATE INDEX deduction_decision_id_c64c654a ON credit.deduction USING btree (decision_id);
CREATE INDEX deduction_subject_id_ecede81f ON credit.deduction USING btree (subject_id);
CREATE INDEX mark_subject_id_a0c4063b ON credit.mark USING btree (subject_id);
CREATE INDEX measure_decision_id_1ab7a669 ON credit.measure USING btree (decision_id);
CREATE INDEX measure_deduction_id_2418e4ba ON credit.measure USING btree (deduction_id);
CREATE INDEX measure_subject_id_58c063a9 ON credit.measure USING btree (subject_id);
CREATE INDEX repair_subject_id_0f90e93e ON credit.repair USING btree (subject_id);
CREATE INDEX subject_code_843edc95_like ON credit.subject USING btree (code varchar_pattern_ops);
CREATE INDEX access_certifiedcopy_item_bd6acfcb ON public.access_certifiedcopy USING btree (item);
CREATE INDEX access_certifiedcopy_made_by_id_362a3aa0 ON public.access_certifiedcopy USING btree (made_by_id);
CREATE INDEX access_certifiedcopy_number_36a434d4_like ON public.access_certifiedcopy USING btree (number varchar_pattern_ops);
CREATE INDEX access_impactassessment_made_by_id_0010fe99 ON public.access_impactassessment USING btree (made_by_id);
CREATE INDEX access_leaknotice_reported_by_id_85164097 ON public.access_leaknotice USING btree (reported_by_id);
CREATE INDEX access_ledback_asked_by_id_165caa55 ON public.access_ledback USING btree (asked_by_id);
CREATE INDEX access_ledback_release_id_b9ceb2fb ON public.access_ledback USING btree (release_id);
CREATE INDEX access_loan_borrower_id_6e456323 ON public.access_loan USING btree (borrower_id);
CREATE INDEX access_loan_handed_over_by_id_5f606a3e ON public.access_loan USING btree (handed_over_by_id);
CREATE INDEX access_loan_taken_back_by_id_86858560 ON public.access_loan USING btree (taken_back_by_id);
CREATE INDEX access_loanitem_item_78d480b8 ON public.access_loanitem USING btree (item);
CREATE INDEX access_loanitem_loan_id_5e377646 ON public.access_loanitem USING btree (loan_id);
CREATE INDEX access_loanitem_series_id_c5086e18 ON public.access_loanitem USING btree (series_id);
CREATE INDEX access_loanitem_series_id_c5086e18_like ON public.access_loanitem USING btree (series_id varchar_pattern_ops);
CREATE INDEX access_loanstep_borrower_id_9db119cf ON public.access_loanstep USING btree (borrower_id);
CREATE INDEX access_loanstep_decided_by_id_9ee79891 ON public.access_loanstep USING btree (decided_by_id);
CREATE INDEX access_loanstep_department_id_06f5f09e ON public.access_loanstep USING btree (department_id);
CREATE INDEX access_loanstep_department_id_06f5f09e_like ON public.access_loanstep USING btree (department_id varchar_pattern_ops);
CREATE INDEX access_loanstep_loan_id_512db806 ON public.access_loanstep USING btree (loan_id);
CREATE INDEX access_personrequest_decided_by_id_7d90dda2 ON public.access_personrequest USING btree (decided_by_id);
CREATE INDEX access_personrequest_received_by_id_deb2dc4e ON public.access_personrequest USING btree (received_by_id);
CREATE INDEX access_release_allowed_by_id_0796f71e ON public.access_release USING btree (allowed_by_id);
CREATE INDEX access_release_asked_by_id_80c57795 ON public.access_release USING btree (asked_by_id);
CREATE INDEX access_savedview_staff_id_844ad1c3 ON public.access_savedview USING btree (staff_id);
CREATE INDEX access_synonym_accepted_by_id_8c44ea1a ON public.access_synonym USING btree (accepted_by_id);
CREATE INDEX access_synonym_ended_by_id_e178e49b ON public.access_synonym USING btree (ended_by_id);
CREATE INDEX access_synonym_series_id_d2747194 ON public.access_synonym USING btree (series_id);
CREATE INDEX access_synonym_series_id_d2747194_like ON public.access_synonym USING btree (series_id varchar_pattern_ops);
CREATE INDEX access_use_by_id_43a7cd4d ON public.access_use USING btree (by_id);
CREATE INDEX access_use_copy_id_31c314c1_like ON public.access_use USING btree (copy_id varchar_pattern_ops);
CREATE INDEX access_use_department_id_a99b545a ON public.access_use USING btree (department_id);
CREATE INDEX access_use_department_id_a99b545a_like ON public.access_use USING btree (department_id varchar_pattern_ops);
CREATE INDEX access_use_used_on_a51ccfdb ON public.access_use USING btree (used_on);
CREATE INDEX access_useanalysis_made_by_id_16b223df ON public.access_useanalysis USING btree (made_by_id);
CREATE INDEX access_useday_staff_id_45651312 ON public.access_useday USING btree (staff_id);
CREATE INDEX access_usedoubt_decided_by_id_c91c7835 ON public.access_usedoubt USING btree (decided_by_id);
CREATE INDEX access_usedoubt_staff_id_81003669 ON public.access_usedoubt USING btree (staff_id);
CREATE UNIQUE INDEX address_one_for_each_channel ON public.workflow_address USING btree (staff_id, channel) WHERE (is_active AND (staff_id IS NOT NULL));
CREATE UNIQUE INDEX address_one_for_each_party ON public.workflow_address USING btree (party, channel) WHERE (is_active AND (NOT ((party)::text = ''::text)));
CREATE UNIQUE INDEX alarm_once_at_a_time ON public.storeroom_alarm USING btree (sensor_id, kind) WHERE (ended_at IS NULL);
CREATE INDEX approval_of_asker ON public.workflow_approval USING btree (asker_id, asked_at DESC);
CREATE INDEX approval_open ON public.workflow_approval USING btree (expires_at) WHERE ((state)::text = 'asked'::text);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX boxalert_open ON public.claims_boxalert USING btree (at DESC) WHERE (closed_at IS NULL);
CREATE INDEX boxmove_way ON public.claims_boxmove USING btree (key, moved_at) WHERE (key IS NOT NULL);
CREATE UNIQUE INDEX candidate_of_one_group ON public.disposition_candidate USING btree (item) WHERE is_open;
CREATE INDEX candidate_open ON public.disposition_candidate USING btree (series_id, due_year) WHERE is_open;
CREATE INDEX case_board ON public.quality_case USING btree (state, deadline);
CREATE UNIQUE INDEX case_open_once ON public.quality_case USING btree (kind, subject) WHERE (closed_at IS NULL);
CREATE INDEX checks_checkscheme_approved_by_id_3362242f ON public.checks_checkscheme USING btree (approved_by_id);
CREATE INDEX checks_checkscheme_asked_by_id_e4765ae8 ON public.checks_checkscheme USING btree (asked_by_id);
CREATE INDEX checks_checkscheme_fonds_id_b96d8d88 ON public.checks_checkscheme USING btree (fonds_id);
CREATE INDEX checks_checkscheme_fonds_id_b96d8d88_like ON public.checks_checkscheme USING btree (fonds_id varchar_pattern_ops);
CREATE INDEX checks_course_acceptor_id_21b51ae4 ON public.checks_course USING btree (acceptor_id);
CREATE INDEX checks_course_series_id_4419ab18 ON public.checks_course USING btree (series_id);
CREATE INDEX checks_course_series_id_4419ab18_like ON public.checks_course USING btree (series_id varchar_pattern_ops);
CREATE INDEX checks_failure_item_7b2057da ON public.checks_failure USING btree (item);
CREATE INDEX checks_failure_run_id_6152c026 ON public.checks_failure USING btree (run_id);
CREATE INDEX checks_handeditem_course_id_2c975c97 ON public.checks_handeditem USING btree (course_id);
CREATE INDEX checks_result_attested_by_id_00c2ca3d ON public.checks_result USING btree (attested_by_id);
CREATE INDEX checks_result_run_id_784e2318 ON public.checks_result USING btree (run_id);
CREATE INDEX checks_run_accession_fcd23ed5 ON public.checks_run USING btree (accession);
CREATE INDEX checks_run_item_754bacb2 ON public.checks_run USING btree (item);
CREATE INDEX checks_sample_course_id_eb7093ea ON public.checks_sample USING btree (course_id);
CREATE INDEX checks_sample_drawn_by_id_f02d6304 ON public.checks_sample USING btree (drawn_by_id);
CREATE INDEX checks_sampleditem_judged_by_id_42409d53 ON public.checks_sampleditem USING btree (judged_by_id);
CREATE INDEX checks_sampleditem_sample_id_528fa6da ON public.checks_sampleditem USING btree (sample_id);
CREATE INDEX checks_step_course_id_dcdcb859 ON public.checks_step USING btree (course_id);
CREATE INDEX claims_boxalert_closed_by_id_13101954 ON public.claims_boxalert USING btree (closed_by_id);
CREATE INDEX claims_code_list_id_fe771221 ON public.claims_code USING btree (list_id);
CREATE INDEX claims_datedentry_list_id_6a056f02 ON public.claims_datedentry USING btree (list_id);
CREATE INDEX claims_department_provider_id_8f96f7ef ON public.claims_department USING btree (provider_id);
CREATE INDEX claims_department_provider_id_8f96f7ef_like ON public.claims_department USING btree (provider_id varchar_pattern_ops);
CREATE INDEX claims_drgscheme_by_id_f2469300 ON public.claims_drgscheme USING btree (by_id);
CREATE INDEX claims_encounter_number_536f3ee8_like ON public.claims_encounter USING btree (number varchar_pattern_ops);
CREATE INDEX claims_encounter_person_4b85ab60 ON public.claims_encounter USING btree (person);
CREATE INDEX claims_encounter_provider_id_cce49fd5 ON public.claims_encounter USING btree (provider_id);
CREATE INDEX claims_encounter_provider_id_cce49fd5_like ON public.claims_encounter USING btree (provider_id varchar_pattern_ops);
CREATE INDEX claims_enrolee_merged_into_id_da6b7208 ON public.claims_enrolee USING btree (merged_into_id);
CREATE INDEX claims_enroleesource_enrolee_id_c674a7d7 ON public.claims_enroleesource USING btree (enrolee_id);
CREATE INDEX claims_evidence_claim_91b03c0a ON public.claims_evidence USING btree (claim);
CREATE INDEX claims_evidence_item_f7433829 ON public.claims_evidence USING btree (item);
CREATE INDEX claims_evidence_linked_by_id_acb5047b ON public.claims_evidence USING btree (linked_by_id);
CREATE INDEX claims_import_by_id_818a89dc ON public.claims_import USING btree (by_id);
CREATE INDEX claims_line_claim_967df49b ON public.claims_line USING btree (claim);
CREATE INDEX claims_linkcandidate_decided_by_id_a255ffea ON public.claims_linkcandidate USING btree (decided_by_id);
CREATE INDEX claims_linkcandidate_left_id_c4dd4214 ON public.claims_linkcandidate USING btree (left_id);
CREATE INDEX claims_linkcandidate_right_id_278a429d ON public.claims_linkcandidate USING btree (right_id);
CREATE INDEX claims_merge_by_id_81524534 ON public.claims_merge USING btree (by_id);
CREATE INDEX claims_merge_gone_id_6f8fabef ON public.claims_merge USING btree (gone_id);
CREATE INDEX claims_merge_kept_id_ebb4126d ON public.claims_merge USING btree (kept_id);
CREATE INDEX claims_merge_undone_by_id_3bb698f1 ON public.claims_merge USING btree (undone_by_id);
CREATE INDEX claims_practitioner_code_76a40101_like ON public.claims_practitioner USING btree (code varchar_pattern_ops);
CREATE INDEX claims_practitioner_provider_id_d5e2d7aa ON public.claims_practitioner USING btree (provider_id);
CREATE INDEX claims_practitioner_provider_id_d5e2d7aa_like ON public.claims_practitioner USING btree (provider_id varchar_pattern_ops);
CREATE INDEX claims_prescription_claim_f7287622 ON public.claims_prescription USING btree (claim);
CREATE INDEX claims_product_list_id_9834b8bc ON public.claims_product USING btree (list_id);
CREATE INDEX claims_provider_code_299737f6_like ON public.claims_provider USING btree (code varchar_pattern_ops);
CREATE INDEX claims_quarantinedrow_batch_id_a873184f ON public.claims_quarantinedrow USING btree (batch_id);
CREATE INDEX claims_settlement_person_73f6e8ac ON public.claims_settlement USING btree (person);
CREATE INDEX claims_settlementevent_asked_by_id_64602183 ON public.claims_settlementevent USING btree (asked_by_id);
CREATE INDEX claims_settlementevent_batch_id_e3907d1a ON public.claims_settlementevent USING btree (batch_id);
CREATE INDEX claims_settlementevent_by_id_c89c8e1c ON public.claims_settlementevent USING btree (by_id);
CREATE INDEX claims_settlementevent_claim_b9626728 ON public.claims_settlementevent USING btree (claim);
CREATE INDEX claims_takenlist_by_id_c67aff4c ON public.claims_takenlist USING btree (by_id);
CREATE INDEX collection_businesssystem_code_0c54c860_like ON public.collection_businesssystem USING btree (code varchar_pattern_ops);
CREATE INDEX collection_businesssystem_made_by_id_e7b98d0b ON public.collection_businesssystem USING btree (made_by_id);
CREATE INDEX collection_businesssystem_revoked_by_id_d33526aa ON public.collection_businesssystem USING btree (revoked_by_id);
CREATE INDEX collection_case_accession_id_cae05ab7 ON public.collection_case USING btree (accession_id);
CREATE INDEX collection_case_digest_84dedd23 ON public.collection_case USING btree (digest);
CREATE INDEX collection_case_item_bcb473d1 ON public.collection_case USING btree (item);
CREATE INDEX collection_case_series_id_ede61055 ON public.collection_case USING btree (series_id);
CREATE INDEX collection_case_series_id_ede61055_like ON public.collection_case USING btree (series_id varchar_pattern_ops);
CREATE INDEX collection_case_system_id_637aaf56 ON public.collection_case USING btree (system_id);
CREATE INDEX collection_casematerial_case_id_6252b21d ON public.collection_casematerial USING btree (case_id);
CREATE INDEX collection_institution_code_b618c9ee_like ON public.collection_institution USING btree (code varchar_pattern_ops);
CREATE INDEX collection_letter_followed_by_id_f7c77685 ON public.collection_letter USING btree (followed_by_id);
CREATE INDEX collection_letter_institution_id_70c9a97c ON public.collection_letter USING btree (institution_id);
CREATE INDEX collection_letter_institution_id_70c9a97c_like ON public.collection_letter USING btree (institution_id varchar_pattern_ops);
CREATE INDEX collection_letter_section_id_252ae2f9 ON public.collection_letter USING btree (section_id);
CREATE INDEX collection_letter_section_id_252ae2f9_like ON public.collection_letter USING btree (section_id varchar_pattern_ops);
CREATE INDEX collection_letterline_letter_id_7c321a69 ON public.collection_letterline USING btree (letter_id);
CREATE INDEX collection_letterline_material_id_5d6155a2 ON public.collection_letterline USING btree (material_id);
CREATE INDEX collection_letterline_obligation_id_73e6d43b ON public.collection_letterline USING btree (obligation_id);
CREATE INDEX collection_obligation_institution_id_ace5fbd7 ON public.collection_obligation USING btree (institution_id);
CREATE INDEX collection_obligation_institution_id_ace5fbd7_like ON public.collection_obligation USING btree (institution_id varchar_pattern_ops);
CREATE INDEX collection_obligation_requirement_id_3987b5a5 ON public.collection_obligation USING btree (requirement_id);
CREATE INDEX collection_obligation_section_id_ea70bd1f ON public.collection_obligation USING btree (section_id);
CREATE INDEX collection_obligation_section_id_ea70bd1f_like ON public.collection_obligation USING btree (section_id varchar_pattern_ops);
CREATE INDEX collection_ower_institution_id_d30dfe1e ON public.collection_ower USING btree (institution_id);
CREATE INDEX collection_ower_institution_id_d30dfe1e_like ON public.collection_ower USING btree (institution_id varchar_pattern_ops);
CREATE INDEX collection_ower_requirement_id_f200dc60 ON public.collection_ower USING btree (requirement_id);
CREATE INDEX collection_ower_section_id_ebb99d99 ON public.collection_ower USING btree (section_id);
CREATE INDEX collection_ower_section_id_ebb99d99_like ON public.collection_ower USING btree (section_id varchar_pattern_ops);
CREATE INDEX collection_receipt_accession_id_f8db76c1 ON public.collection_receipt USING btree (accession_id);
CREATE INDEX collection_receipt_obligation_id_70fe27a7 ON public.collection_receipt USING btree (obligation_id);
CREATE INDEX collection_requirement_made_by_id_f46ee03c ON public.collection_requirement USING btree (made_by_id);
CREATE INDEX collection_requirement_series_id_8db19c62 ON public.collection_requirement USING btree (series_id);
CREATE INDEX collection_requirement_series_id_8db19c62_like ON public.collection_requirement USING btree (series_id varchar_pattern_ops);
CREATE INDEX collection_sitting_case_id_c43460c8 ON public.collection_sitting USING btree (case_id);
CREATE INDEX copy_duty_newest ON public.preservation_copyduty USING btree (kind, started_at DESC);
CREATE INDEX dated_entry_of_person ON public.claims_datedentry USING btree (id_index);
CREATE INDEX deadline_next ON public.workflow_deadline USING btree (next_on) WHERE (met_at IS NULL);
CREATE INDEX deadline_subject ON public.workflow_deadline USING btree (kind, subject) WHERE (met_at IS NULL);
CREATE INDEX delivery_by_state ON public.workflow_delivery USING btree (state, made_at DESC);
CREATE INDEX delivery_due ON public.workflow_delivery USING btree (next_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX disposition_appraisal_opened_by_id_a34b0d75 ON public.disposition_appraisal USING btree (opened_by_id);
CREATE INDEX disposition_appraisal_reported_by_id_8776b4cc ON public.disposition_appraisal USING btree (reported_by_id);
CREATE INDEX disposition_candidate_appraisal_id_8f32882f ON public.disposition_candidate USING btree (appraisal_id);
CREATE INDEX disposition_candidate_series_id_4704ac05 ON public.disposition_candidate USING btree (series_id);
CREATE INDEX disposition_candidate_series_id_4704ac05_like ON public.disposition_candidate USING btree (series_id varchar_pattern_ops);
CREATE INDEX disposition_destructionlist_appraisal_id_74ddf02d ON public.disposition_destructionlist USING btree (appraisal_id);
CREATE INDEX disposition_destructionlist_approved_by_id_44f7585a ON public.disposition_destructionlist USING btree (approved_by_id);
CREATE INDEX disposition_destructionlist_begun_by_id_679e73a4 ON public.disposition_destructionlist USING btree (begun_by_id);
CREATE INDEX disposition_destructionlist_drawn_by_id_e00ecdcd ON public.disposition_destructionlist USING btree (drawn_by_id);
CREATE INDEX disposition_destructionlist_filed_by_id_1817fea1 ON public.disposition_destructionlist USING btree (filed_by_id);
CREATE INDEX disposition_holdorder_lift_allowed_by_id_2571500b ON public.disposition_holdorder USING btree (lift_allowed_by_id);
CREATE INDEX disposition_holdorder_lift_asked_by_id_596a3c07 ON public.disposition_holdorder USING btree (lift_asked_by_id);
CREATE INDEX disposition_holdorder_placed_by_id_654872ea ON public.disposition_holdorder USING btree (placed_by_id);
CREATE INDEX disposition_holdorder_series_id_7b8e66d3 ON public.disposition_holdorder USING btree (series_id);
CREATE INDEX disposition_holdorder_series_id_7b8e66d3_like ON public.disposition_holdorder USING btree (series_id varchar_pattern_ops);
CREATE INDEX disposition_instrumentdraft_approved_by_id_adc522fb ON public.disposition_instrumentdraft USING btree (approved_by_id);
CREATE INDEX disposition_instrumentdraft_fonds_id_1c5ebca3 ON public.disposition_instrumentdraft USING btree (fonds_id);
CREATE INDEX disposition_instrumentdraft_fonds_id_1c5ebca3_like ON public.disposition_instrumentdraft USING btree (fonds_id varchar_pattern_ops);
CREATE INDEX disposition_instrumentdraft_made_by_id_8b02d955 ON public.disposition_instrumentdraft USING btree (made_by_id);
CREATE INDEX disposition_listitem_candidate_id_7a45e986 ON public.disposition_listitem USING btree (candidate_id);
CREATE INDEX disposition_listitem_list_id_ed9c3cba ON public.disposition_listitem USING btree (list_id);
CREATE INDEX disposition_member_appraisal_id_8f0bc7a3 ON public.disposition_member USING btree (appraisal_id);
CREATE INDEX disposition_member_staff_id_d206ea13 ON public.disposition_member USING btree (staff_id);
CREATE INDEX disposition_opinion_candidate_id_dc39ae3f ON public.disposition_opinion USING btree (candidate_id);
CREATE INDEX disposition_opinion_member_id_0cc21d16 ON public.disposition_opinion USING btree (member_id);
CREATE INDEX disposition_termconfirmation_asked_by_id_2d79d13a ON public.disposition_termconfirmation USING btree (asked_by_id);
CREATE INDEX disposition_termconfirmation_confirmed_by_id_7b37f19e ON public.disposition_termconfirmation USING btree (confirmed_by_id);
CREATE INDEX disposition_transfer_approved_by_id_2007b923 ON public.disposition_transfer USING btree (approved_by_id);
CREATE INDEX disposition_transfer_handed_by_id_8ebe44fa ON public.disposition_transfer USING btree (handed_by_id);
CREATE INDEX disposition_transfer_proposed_by_id_775dd05f ON public.disposition_transfer USING btree (proposed_by_id);
CREATE INDEX disposition_transfer_receipt_by_id_4296eafd ON public.disposition_transfer USING btree (receipt_by_id);
CREATE INDEX disposition_transferitem_item_dda62cff ON public.disposition_transferitem USING btree (item);
CREATE INDEX disposition_transferitem_series_id_6bfdc033 ON public.disposition_transferitem USING btree (series_id);
CREATE INDEX disposition_transferitem_series_id_6bfdc033_like ON public.disposition_transferitem USING btree (series_id varchar_pattern_ops);
CREATE INDEX disposition_transferitem_transfer_id_fbdc615a ON public.disposition_transferitem USING btree (transfer_id);
CREATE INDEX disposition_witness_list_id_b2f1c5ca ON public.disposition_witness USING btree (list_id);
CREATE INDEX disposition_witness_staff_id_20c54159 ON public.disposition_witness USING btree (staff_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX duty_handover_drawn_by_id_452be38e ON public.duty_handover USING btree (drawn_by_id);
CREATE INDEX duty_handover_giver_id_44263fc6 ON public.duty_handover USING btree (giver_id);
CREATE INDEX duty_handover_taker_id_0540814d ON public.duty_handover USING btree (taker_id);
CREATE INDEX duty_incident_closed_by_id_61a8fa53 ON public.duty_incident USING btree (closed_by_id);
CREATE INDEX duty_incident_reported_by_id_e7a4cf1a ON public.duty_incident USING btree (reported_by_id);
CREATE INDEX duty_processor_accounts_processor_id_03ff2871 ON public.duty_processor_accounts USING btree (processor_id);
CREATE INDEX duty_processor_accounts_staff_id_ad768b2e ON public.duty_processor_accounts USING btree (staff_id);
CREATE INDEX duty_responsibility_appointed_by_id_21af6398 ON public.duty_responsibility USING btree (appointed_by_id);
CREATE INDEX duty_responsibility_staff_id_57e51b38 ON public.duty_responsibility USING btree (staff_id);
CREATE INDEX enrolee_by_id_number ON public.claims_enrolee USING btree (id_index);
CREATE UNIQUE INDEX factor_one_of_a_kind ON public.identity_factor USING btree (staff_id, kind) WHERE (NOT ((kind)::text = 'passkey'::text));
CREATE INDEX finding_board ON public.quality_finding USING btree (state, kind, number DESC);
CREATE INDEX glass_of_staff ON public.identity_brokenglass USING btree (staff_id, until);
CREATE INDEX holdings_alias_item_id_5f50d62b ON public.holdings_alias USING btree (item_id);
CREATE INDEX holdings_alias_reference_code_16d88f7d_like ON public.holdings_alias USING btree (reference_code varchar_pattern_ops);
CREATE INDEX holdings_fonds_code_be1b847d_like ON public.holdings_fonds USING btree (code varchar_pattern_ops);
CREATE INDEX holdings_hold_item_id_9793dbc4 ON public.holdings_hold USING btree (item_id);
CREATE INDEX holdings_hold_reference_eee51e38 ON public.holdings_hold USING btree (reference);
CREATE INDEX holdings_identifier_item_id_03ba4bb3 ON public.holdings_identifier USING btree (item_id);
CREATE INDEX holdings_item_accession_ec7012ae ON public.holdings_item USING btree (accession);
CREATE INDEX holdings_item_reference_code_38ad11b9_like ON public.holdings_item USING btree (reference_code varchar_pattern_ops);
CREATE INDEX holdings_item_series_id_91f25762 ON public.holdings_item USING btree (series_id);
CREATE INDEX holdings_item_series_id_91f25762_like ON public.holdings_item USING btree (series_id varchar_pattern_ops);
CREATE INDEX holdings_item_volume_id_924a8383 ON public.holdings_item USING btree (volume_id);
CREATE INDEX holdings_item_working_number_d9503fcf_like ON public.holdings_item USING btree (working_number varchar_pattern_ops);
CREATE INDEX holdings_itemfile_digest_9f2207d1 ON public.holdings_itemfile USING btree (digest);
CREATE INDEX holdings_itemfile_item_id_a865e6a4 ON public.holdings_itemfile USING btree (item_id);
CREATE INDEX holdings_itemversion_item_id_b2949385 ON public.holdings_itemversion USING btree (item_id);
CREATE INDEX holdings_numbersequence_prefix_396926d8_like ON public.holdings_numbersequence USING btree (prefix varchar_pattern_ops);
CREATE INDEX holdings_page_file_id_93af6189 ON public.holdings_page USING btree (file_id);
CREATE INDEX holdings_page_item_id_3f0f8673 ON public.holdings_page USING btree (item_id);
CREATE INDEX holdings_pendingversion_reference_code_ddd26a8b_like ON public.holdings_pendingversion USING btree (reference_code varchar_pattern_ops);
CREATE INDEX holdings_schemeversion_fonds_id_f7aff65d ON public.holdings_schemeversion USING btree (fonds_id);
CREATE INDEX holdings_schemeversion_fonds_id_f7aff65d_like ON public.holdings_schemeversion USING btree (fonds_id varchar_pattern_ops);
CREATE INDEX holdings_series_code_075bfa8d_like ON public.holdings_series USING btree (code varchar_pattern_ops);
CREATE INDEX holdings_series_department_id_f3a11d89 ON public.holdings_series USING btree (department_id);
CREATE INDEX holdings_series_department_id_f3a11d89_like ON public.holdings_series USING btree (department_id varchar_pattern_ops);
CREATE INDEX holdings_series_fonds_id_280cbee6 ON public.holdings_series USING btree (fonds_id);
CREATE INDEX holdings_series_fonds_id_280cbee6_like ON public.holdings_series USING btree (fonds_id varchar_pattern_ops);
CREATE INDEX holdings_series_parent_id_ae6bb7af ON public.holdings_series USING btree (parent_id);
CREATE INDEX holdings_series_parent_id_ae6bb7af_like ON public.holdings_series USING btree (parent_id varchar_pattern_ops);
CREATE INDEX holdings_series_retention_rule_id_bf31868b ON public.holdings_series USING btree (retention_rule_id);
CREATE INDEX holdings_tombstone_list_number_0ab45ad8 ON public.holdings_tombstone USING btree (list_number);
CREATE INDEX holdings_tombstone_list_number_0ab45ad8_like ON public.holdings_tombstone USING btree (list_number varchar_pattern_ops);
CREATE INDEX holdings_tombstone_reference_code_3407a48c_like ON public.holdings_tombstone USING btree (reference_code varchar_pattern_ops);
CREATE INDEX holdings_tombstone_series_id_5c497651 ON public.holdings_tombstone USING btree (series_id);
CREATE INDEX holdings_tombstone_series_id_5c497651_like ON public.holdings_tombstone USING btree (series_id varchar_pattern_ops);
CREATE INDEX holdings_volume_reference_code_a91286a7_like ON public.holdings_volume USING btree (reference_code varchar_pattern_ops);
CREATE INDEX holdings_volume_series_id_6cb88405 ON public.holdings_volume USING btree (series_id);
CREATE INDEX holdings_volume_series_id_6cb88405_like ON public.holdings_volume USING btree (series_id varchar_pattern_ops);
CREATE INDEX identifier_lookup ON public.holdings_identifier USING btree (kind, digest);
CREATE INDEX identity_brokenglass_reviewed_by_id_816008a0 ON public.identity_brokenglass USING btree (reviewed_by_id);
CREATE INDEX identity_brokenglass_staff_id_5b50987f ON public.identity_brokenglass USING btree (staff_id);
CREATE INDEX identity_department_code_c62f1f42_like ON public.identity_department USING btree (code varchar_pattern_ops);
CREATE INDEX identity_factor_staff_id_c86b0c88 ON public.identity_factor USING btree (staff_id);
CREATE INDEX identity_pastpassword_staff_id_d3fc488d ON public.identity_pastpassword USING btree (staff_id);
CREATE INDEX identity_post_department_id_4366b3dc ON public.identity_post USING btree (department_id);
CREATE INDEX identity_post_department_id_4366b3dc_like ON public.identity_post USING btree (department_id varchar_pattern_ops);
CREATE INDEX identity_post_staff_id_2df0b464 ON public.identity_post USING btree (staff_id);
CREATE INDEX identity_staff_department_id_a7398eaf ON public.identity_staff USING btree (department_id);
CREATE INDEX identity_staff_department_id_a7398eaf_like ON public.identity_staff USING btree (department_id varchar_pattern_ops);
CREATE INDEX identity_staff_username_2b06af23_like ON public.identity_staff USING btree (username varchar_pattern_ops);
CREATE INDEX identity_visit_staff_id_43ba4993 ON public.identity_visit USING btree (staff_id);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX insight_yearlyentry_entered_by_id_4eb78eee ON public.insight_yearlyentry USING btree (entered_by_id);
CREATE INDEX inspection_board ON public.oversight_case USING btree (state, number DESC);
CREATE INDEX intake_accession_number_a8d3e724_like ON public.intake_accession USING btree (number varchar_pattern_ops);
CREATE INDEX intake_accession_series_id_478b7b3c ON public.intake_accession USING btree (series_id);
CREATE INDEX intake_accession_series_id_478b7b3c_like ON public.intake_accession USING btree (series_id varchar_pattern_ops);
CREATE INDEX intake_cataloguerow_accession_id_4ec123cf ON public.intake_cataloguerow USING btree (accession_id);
CREATE INDEX intake_cataloguerow_file_id_0e286100 ON public.intake_cataloguerow USING btree (file_id);
CREATE INDEX intake_cataloguerow_item_id_014eeb3d ON public.intake_cataloguerow USING btree (item_id);
CREATE INDEX intake_contentclaim_file_id_e457df53 ON public.intake_contentclaim USING btree (file_id);
CREATE INDEX intake_pagemark_accession_id_0b1e8e84 ON public.intake_pagemark USING btree (accession_id);
CREATE INDEX intake_receivedfile_accession_id_b6a57d40 ON public.intake_receivedfile USING btree (accession_id);
CREATE INDEX intake_receivedfile_container_id_588cfc77 ON public.intake_receivedfile USING btree (container_id);
CREATE INDEX intake_receivedfile_digest_7e9b4850 ON public.intake_receivedfile USING btree (digest);
CREATE INDEX intake_receivedfile_item_id_cb7e0d1e ON public.intake_receivedfile USING btree (item_id);
CREATE INDEX item_due ON public.holdings_item USING btree (due_year, series_id) INCLUDE (id) WHERE ((state)::text = 'filed'::text);
CREATE INDEX item_newest ON public.holdings_item USING btree (filed_at DESC);
CREATE INDEX item_on_paper ON public.holdings_item USING btree (filed_at DESC) WHERE (is_paper_only AND ((state)::text = 'filed'::text));
CREATE INDEX item_scope_door ON public.holdings_itemscope USING btree (kind, value, item_id) INCLUDE (sensitivity, fonds, series);
CREATE UNIQUE INDEX item_scope_once ON public.holdings_itemscope USING btree (item_id, kind, value) INCLUDE (sensitivity, fonds, series);
CREATE INDEX item_series_year_state ON public.holdings_item USING btree (series_id, year, state);
CREATE INDEX item_state_created ON public.holdings_item USING btree (state, created_at);
CREATE INDEX ledger_statement_newest ON public.ledger_statement USING btree (issued_at DESC);
CREATE INDEX ledger_statement_number_acafeac3_like ON public.ledger_statement USING btree (number varchar_pattern_ops);
CREATE INDEX ledger_statement_revoked ON public.ledger_statement USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);
CREATE INDEX ledger_statement_subject ON public.ledger_statement USING btree (subject) WHERE (subject IS NOT NULL);
CREATE INDEX ledger_subject ON public.ledger_entry USING btree (subject, id) WHERE (subject IS NOT NULL);
CREATE UNIQUE INDEX loan_item_out_once ON public.access_loanitem USING btree (item) WHERE is_out;
CREATE INDEX loan_read_now ON public.access_loan USING btree (borrower_id, until) WHERE ((state)::text = 'reading'::text);
CREATE INDEX loan_state_until ON public.access_loan USING btree (state, until);
CREATE UNIQUE INDEX loan_step_other_person ON public.access_loanstep USING btree (loan_id, decided_by_id) WHERE (decided_by_id IS NOT NULL);
CREATE UNIQUE INDEX merged_into_one ON public.claims_merge USING btree (gone_id) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX model_one_active_of_a_level ON public.oversight_scoremodel USING btree (level) WHERE ((state)::text = 'active'::text);
CREATE INDEX notice_of_person ON public.workflow_notice USING btree (recipient_id, made_at DESC);
CREATE INDEX notice_unread ON public.workflow_notice USING btree (recipient_id) WHERE (read_at IS NULL);
CREATE INDEX obligation_of_institution ON public.collection_obligation USING btree (institution_id, last_day);
CREATE INDEX obligation_waits ON public.collection_obligation USING btree (due_on) WHERE ((state)::text = ANY (ARRAY[('open'::character varying)::text, ('partial'::character varying)::text]));
CREATE UNIQUE INDEX one_first_responsible ON public.duty_responsibility USING btree (duty) WHERE (((duty)::text = 'first_responsible'::text) AND (until IS NULL));
CREATE UNIQUE INDEX one_open_instrument_draft ON public.disposition_instrumentdraft USING btree (fonds_id) WHERE ((state)::text = 'open'::text);
CREATE UNIQUE INDEX outgoing_once_at_a_time ON public.storeroom_outgoing USING btree (thing) WHERE (back_at IS NULL);
CREATE INDEX oversight_by_claim ON public.oversight_finding USING btree (claim);
CREATE INDEX oversight_by_person ON public.oversight_finding USING btree (person);
CREATE INDEX oversight_by_provider ON public.oversight_finding USING btree (provider, state);
CREATE INDEX oversight_by_rule ON public.oversight_finding USING btree (rule, state);
CREATE INDEX oversight_case_opened_by_id_bb3deaf9 ON public.oversight_case USING btree (opened_by_id);
CREATE INDEX oversight_case_overturn_asked_by_id_2c2e7f04 ON public.oversight_case USING btree (overturn_asked_by_id);
CREATE INDEX oversight_case_overturn_signed_by_id_d96c67dd ON public.oversight_case USING btree (overturn_signed_by_id);
CREATE INDEX oversight_case_proposed_by_id_1ec85df5 ON public.oversight_case USING btree (proposed_by_id);
CREATE INDEX oversight_case_signed_by_id_5c711dac ON public.oversight_case USING btree (signed_by_id);
CREATE INDEX oversight_casefile_request_id_7fbb9746 ON public.oversight_casefile USING btree (request_id);
CREATE INDEX oversight_caseitem_case_id_276aedc6 ON public.oversight_caseitem USING btree (case_id);
CREATE INDEX oversight_casestep_by_id_799ed69c ON public.oversight_casestep USING btree (by_id);
CREATE INDEX oversight_casestep_case_id_eec5fed3 ON public.oversight_casestep USING btree (case_id);
CREATE INDEX oversight_finding_case_id_62172834 ON public.oversight_finding USING btree (case_id);
CREATE INDEX oversight_finding_decided_by_id_c20752e4 ON public.oversight_finding USING btree (decided_by_id);
CREATE INDEX oversight_finding_run_id_02368cc6 ON public.oversight_finding USING btree (run_id);
CREATE INDEX oversight_findingline_finding_id_e2277526 ON public.oversight_findingline USING btree (finding_id);
CREATE INDEX oversight_inspector_case_id_1e86a93c ON public.oversight_inspector USING btree (case_id);
CREATE INDEX oversight_inspector_staff_id_0ebe6fec ON public.oversight_inspector USING btree (staff_id);
CREATE INDEX oversight_instalment_case_id_323c4c3b ON public.oversight_instalment USING btree (case_id);
CREATE INDEX oversight_knowledge ON public.oversight_knowledgeversion USING btree ("table", state, effective_from);
CREATE INDEX oversight_knowledgeversion_by_id_0f4112ef ON public.oversight_knowledgeversion USING btree (by_id);
CREATE INDEX oversight_knowledgeversion_verified_by_id_1f66b07b ON public.oversight_knowledgeversion USING btree (verified_by_id);
CREATE INDEX oversight_line ON public.oversight_findingline USING btree (line);
CREATE INDEX oversight_models ON public.oversight_scoremodel USING btree (level, state, number DESC);
CREATE INDEX oversight_paperrequest_answered_by_id_c30a13b6 ON public.oversight_paperrequest USING btree (answered_by_id);
CREATE INDEX oversight_paperrequest_asked_by_id_cffc120c ON public.oversight_paperrequest USING btree (asked_by_id);
CREATE INDEX oversight_paperrequest_case_id_cd133511 ON public.oversight_paperrequest USING btree (case_id);
CREATE INDEX oversight_payment_case_id_573daa73 ON public.oversight_payment USING btree (case_id);
CREATE INDEX oversight_payment_confirmed_by_id_c7ea9931 ON public.oversight_payment USING btree (confirmed_by_id);
CREATE INDEX oversight_payment_entered_by_id_ca0c2db0 ON public.oversight_payment USING btree (entered_by_id);
CREATE INDEX oversight_queue ON public.oversight_finding USING btree (state, queue_weight DESC, number);
CREATE INDEX oversight_reading_finding_id_8d26c239 ON public.oversight_reading USING btree (finding_id);
CREATE INDEX oversight_rule_review ON public.oversight_rulereview USING btree (rule, number DESC);
CREATE INDEX oversight_run_last ON public.oversight_run USING btree (moment, started_at DESC);
CREATE INDEX oversight_scoremodel_promoted_by_id_61a520f1 ON public.oversight_scoremodel USING btree (promoted_by_id);
CREATE INDEX oversight_scoremodel_proposed_by_id_c222d6be ON public.oversight_scoremodel USING btree (proposed_by_id);
CREATE INDEX oversight_verdict_by_id_c9f5122f ON public.oversight_verdict USING btree (by_id);
CREATE INDEX oversight_verdict_finding_id_e6729f2b ON public.oversight_verdict USING btree (finding_id);
CREATE INDEX oversight_verdicts ON public.oversight_verdict USING btree (by_id, at DESC);
CREATE INDEX page_print_bands ON public.quality_pageprint USING gin (bands);
CREATE UNIQUE INDEX paper_case_once ON public.collection_case USING btree (digest) WHERE (system_id IS NULL);
CREATE UNIQUE INDEX post_open_once ON public.identity_post USING btree (staff_id, role, department_id) NULLS NOT DISTINCT WHERE (until IS NULL);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX quality_case_accepted_by_id_185ee857 ON public.quality_case USING btree (accepted_by_id);
CREATE INDEX quality_case_owner_id_08b430bd ON public.quality_case USING btree (owner_id);
CREATE INDEX quality_casestep_by_id_a7f3a8bd ON public.quality_casestep USING btree (by_id);
CREATE INDEX quality_casestep_case_id_70b57da5 ON public.quality_casestep USING btree (case_id);
CREATE INDEX quality_declaredmissing_by_id_9126241c ON public.quality_declaredmissing USING btree (by_id);
CREATE INDEX quality_fieldcheck_row_id_68554ee9 ON public.quality_fieldcheck USING btree (row_id);
CREATE INDEX quality_finding_decided_by_id_9359159b ON public.quality_finding USING btree (decided_by_id);
CREATE INDEX quality_finding_item_id_007fa74b ON public.quality_finding USING btree (item_id);
CREATE INDEX quality_pageprint_item_id_512343a5 ON public.quality_pageprint USING btree (item_id);
CREATE INDEX quality_progress_name_e0be0fae_like ON public.quality_progress USING btree (name varchar_pattern_ops);
CREATE INDEX quality_sample_drawn_by_id_011fd32f ON public.quality_sample USING btree (drawn_by_id);
CREATE INDEX quality_sample_series_id_6b7f8984 ON public.quality_sample USING btree (series_id);
CREATE INDEX quality_sample_series_id_6b7f8984_like ON public.quality_sample USING btree (series_id varchar_pattern_ops);
CREATE INDEX quality_sampleitem_item_5b0fbcbb ON public.quality_sampleitem USING btree (item);
CREATE INDEX quality_sampleitem_reviewer_id_99211d39 ON public.quality_sampleitem USING btree (reviewer_id);
CREATE INDEX quality_sampleitem_sample_id_bf7465ab ON public.quality_sampleitem USING btree (sample_id);
CREATE INDEX quality_setting_approved_by_id_01a86f0f ON public.quality_setting USING btree (approved_by_id);
CREATE INDEX quarantine_by_mark ON public.claims_quarantinedrow USING gin (marks);
CREATE INDEX quarantine_in_order ON public.claims_quarantinedrow USING btree (batch_id, file, "row");
CREATE INDEX reading_by_time ON public.storeroom_reading USING brin (at);
CREATE INDEX received_group ON public.intake_receivedfile USING btree (accession_id, "group");
CREATE INDEX received_outcome ON public.intake_receivedfile USING btree (accession_id, outcome);
CREATE INDEX received_quarantined ON public.intake_receivedfile USING btree (accession_id) WHERE ((outcome)::text = 'quarantined'::text);
CREATE INDEX saved_view_of_person ON public.access_savedview USING btree (staff_id, made_at);
CREATE INDEX settlement_newest ON public.claims_settlement USING btree (settled_at DESC, claim DESC);
CREATE INDEX settlement_of_provider ON public.claims_settlement USING btree (provider_id, settled_at DESC);
CREATE INDEX stock_scan_order ON public.storeroom_scan USING btree (take_id, scanned_at);
CREATE INDEX storeroom_alarm_acknowledged_by_id_bc5e074a ON public.storeroom_alarm USING btree (acknowledged_by_id);
CREATE INDEX storeroom_alarm_raised_at_eea80d69 ON public.storeroom_alarm USING btree (raised_at);
CREATE INDEX storeroom_alarm_sensor_id_facbc6e1 ON public.storeroom_alarm USING btree (sensor_id);
CREATE INDEX storeroom_answer_round_id_e46a1170 ON public.storeroom_answer USING btree (round_id);
CREATE INDEX storeroom_box_place_id_d949e35c ON public.storeroom_box USING btree (place_id);
CREATE INDEX storeroom_difference_settled_by_id_b07ba055 ON public.storeroom_difference USING btree (settled_by_id);
CREATE INDEX storeroom_difference_take_id_abebffb1 ON public.storeroom_difference USING btree (take_id);
CREATE INDEX storeroom_expectation_take_id_8d73f1e0 ON public.storeroom_expectation USING btree (take_id);
CREATE INDEX storeroom_finding_cured_by_id_80287db8 ON public.storeroom_finding USING btree (cured_by_id);
CREATE INDEX storeroom_finding_owner_id_a9e48894 ON public.storeroom_finding USING btree (owner_id);
CREATE INDEX storeroom_finding_round_id_1a8736ab ON public.storeroom_finding USING btree (round_id);
CREATE INDEX storeroom_keeping_box_id_56428517 ON public.storeroom_keeping USING btree (box_id);
CREATE INDEX storeroom_photo_finding_id_66293369 ON public.storeroom_photo USING btree (finding_id);
CREATE INDEX storeroom_place_code_c7a3476a_like ON public.storeroom_place USING btree (code varchar_pattern_ops);
CREATE INDEX storeroom_place_parent_id_1e1bd3ca ON public.storeroom_place USING btree (parent_id);
CREATE INDEX storeroom_round_opened_by_id_d1642530 ON public.storeroom_round USING btree (opened_by_id);
CREATE INDEX storeroom_round_room_id_db17b05b ON public.storeroom_round USING btree (room_id);
CREATE INDEX storeroom_scan_scanned_by_id_4c46a62e ON public.storeroom_scan USING btree (scanned_by_id);
CREATE INDEX storeroom_scan_take_id_aa0d7bcc ON public.storeroom_scan USING btree (take_id);
CREATE INDEX storeroom_sensor_code_a67189f8_like ON public.storeroom_sensor USING btree (code varchar_pattern_ops);
CREATE INDEX storeroom_sensor_room_id_2cad72fa ON public.storeroom_sensor USING btree (room_id);
CREATE INDEX storeroom_stocktake_opened_by_id_fd38c25b ON public.storeroom_stocktake USING btree (opened_by_id);
CREATE INDEX storeroom_stocktake_place_id_872a90c0 ON public.storeroom_stocktake USING btree (place_id);
CREATE INDEX storeroom_zoneentry_companion_id_1b16513c ON public.storeroom_zoneentry USING btree (companion_id);
CREATE INDEX storeroom_zoneentry_entered_at_61ef0324 ON public.storeroom_zoneentry USING btree (entered_at);
CREATE INDEX storeroom_zoneentry_room_id_51779a25 ON public.storeroom_zoneentry USING btree (room_id);
CREATE INDEX storeroom_zoneentry_staff_id_ce2d26dd ON public.storeroom_zoneentry USING btree (staff_id);
CREATE UNIQUE INDEX synonym_in_force_once ON public.access_synonym USING btree (digest) WHERE (ended_at IS NULL);
CREATE INDEX taken_list_newest ON public.claims_takenlist USING btree (kind, dated_on DESC);
CREATE INDEX task_open_for_permission ON public.workflow_task USING btree (permission) WHERE (closed_at IS NULL);
CREATE INDEX task_open_for_person ON public.workflow_task USING btree (assignee_id) WHERE (closed_at IS NULL);
CREATE INDEX task_subject ON public.workflow_task USING btree (subject) WHERE (subject IS NOT NULL);
CREATE INDEX tier_run_newest ON public.preservation_tierrun USING btree (started_at DESC);
CREATE INDEX tombstone_to_erase ON public.holdings_tombstone USING btree (item) WHERE (erased_at IS NULL);
CREATE UNIQUE INDEX transfer_of_one_at_a_time ON public.disposition_transferitem USING btree (item) WHERE is_open;
CREATE INDEX use_doubt_open ON public.access_usedoubt USING btree (state, day DESC);
CREATE INDEX visit_of_staff ON public.identity_visit USING btree (staff_id, began_at DESC);
CREATE INDEX workflow_address_staff_id_b034b21e ON public.workflow_address USING btree (staff_id);
CREATE INDEX workflow_approval_asker_id_478dff5d ON public.workflow_approval USING btree (asker_id);
CREATE INDEX workflow_approval_decided_by_id_698fd11d ON public.workflow_approval USING btree (decided_by_id);
CREATE INDEX workflow_attempt_delivery_id_797bdb48 ON public.workflow_attempt USING btree (delivery_id);
CREATE INDEX workflow_choice_staff_id_c56508cd ON public.workflow_choice USING btree (staff_id);
CREATE INDEX workflow_deadline_assignee_id_ba2ca6f2 ON public.workflow_deadline USING btree (assignee_id);
CREATE INDEX workflow_deadline_department_id_ab827ecf ON public.workflow_deadline USING btree (department_id);
CREATE INDEX workflow_deadline_department_id_ab827ecf_like ON public.workflow_deadline USING btree (department_id varchar_pattern_ops);
CREATE INDEX workflow_delivery_address_id_ae5349b4 ON public.workflow_delivery USING btree (address_id);
CREATE INDEX workflow_notice_recipient_id_6dee3801 ON public.workflow_notice USING btree (recipient_id);
CREATE INDEX workflow_task_assignee_id_2342ebf5 ON public.workflow_task USING btree (assignee_id);
CREATE INDEX workflow_task_department_id_6ca3e588 ON public.workflow_task USING btree (department_id);
CREATE INDEX workflow_task_department_id_6ca3e588_like ON public.workflow_task USING btree (department_id varchar_pattern_ops);
CREATE INDEX workflow_task_not_for_id_b2acc8b6 ON public.workflow_task USING btree (not_for_id);
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_00_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_01_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_02_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_03_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_04_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_05_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_06_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_07_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_08_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_09_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_10_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_11_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_12_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_13_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_14_pkey;
ALTER INDEX public.claims_box_pkey ATTACH PARTITION public.claims_box_15_pkey;
CREATE TRIGGER claims_paid_by_two BEFORE UPDATE ON public.claims_settlement FOR EACH ROW WHEN (((old.fund_fen <> new.fund_fen) OR (old.own_fen <> new.own_fen) OR (old.total_fen <> new.total_fen))) EXECUTE FUNCTION public.claims_paid_by_two();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
ALTER TABLE ONLY credit.appeal
    ADD CONSTRAINT appeal_deduction_id_b7d6b25e_fk_deduction_id FOREIGN KEY (deduction_id) REFERENCES credit.deduction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit.appeal
    ADD CONSTRAINT appeal_measure_id_16bd5f60_fk_measure_id FOREIGN KEY (measure_id) REFERENCES credit.measure(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit.deduction
    ADD CONSTRAINT deduction_decision_id_c64c654a_fk_decision_id FOREIGN KEY (decision_id) REFERENCES credit.decision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit.deduction
    ADD CONSTRAINT deduction_subject_id_ecede81f_fk_subject_id FOREIGN KEY (subject_id) REFERENCES credit.subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit.mark
    ADD CONSTRAINT mark_subject_id_a0c4063b_fk_subject_id FOREIGN KEY (subject_id) REFERENCES credit.subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit.measure
    ADD CONSTRAINT measure_decision_id_1ab7a669_fk_decision_id FOREIGN KEY (decision_id) REFERENCES credit.decision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit.measure
    ADD CONSTRAINT measure_deduction_id_2418e4ba_fk_deduction_id FOREIGN KEY (deduction_id) REFERENCES credit.deduction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit.measure
    ADD CONSTRAINT measure_subject_id_58c063a9_fk_subject_id FOREIGN KEY (subject_id) REFERENCES credit.subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY credit.repair
    ADD CONSTRAINT repair_subject_id_0f90e93e_fk_subject_id FOREIGN KEY (subject_id) REFERENCES credit.subject(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_certifiedcopy
    ADD CONSTRAINT access_certifiedcopy_made_by_id_362a3aa0_fk_identity_staff_id FOREIGN KEY (made_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_impactassessment
    ADD CONSTRAINT access_impactassessm_made_by_id_0010fe99_fk_identity_ FOREIGN KEY (made_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_leaknotice
    ADD CONSTRAINT access_leaknotice_reported_by_id_85164097_fk_identity_staff_id FOREIGN KEY (reported_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_ledback
    ADD CONSTRAINT access_ledback_asked_by_id_165caa55_fk_identity_staff_id FOREIGN KEY (asked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_ledback
    ADD CONSTRAINT access_ledback_release_id_b9ceb2fb_fk_access_release_number FOREIGN KEY (release_id) REFERENCES public.access_release(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_loan
    ADD CONSTRAINT access_loan_borrower_id_6e456323_fk_identity_staff_id FOREIGN KEY (borrower_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_loan
    ADD CONSTRAINT access_loan_handed_over_by_id_5f606a3e_fk_identity_staff_id FOREIGN KEY (handed_over_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_loan
    ADD CONSTRAINT access_loan_taken_back_by_id_86858560_fk_identity_staff_id FOREIGN KEY (taken_back_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_loanitem
    ADD CONSTRAINT access_loanitem_loan_id_5e377646_fk_access_loan_number FOREIGN KEY (loan_id) REFERENCES public.access_loan(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_loanitem
    ADD CONSTRAINT access_loanitem_series_id_c5086e18_fk_holdings_series_code FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_loanstep
    ADD CONSTRAINT access_loanstep_borrower_id_9db119cf_fk_identity_staff_id FOREIGN KEY (borrower_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_loanstep
    ADD CONSTRAINT access_loanstep_decided_by_id_9ee79891_fk_identity_staff_id FOREIGN KEY (decided_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_loanstep
    ADD CONSTRAINT access_loanstep_department_id_06f5f09e_fk_identity_ FOREIGN KEY (department_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_loanstep
    ADD CONSTRAINT access_loanstep_loan_id_512db806_fk_access_loan_number FOREIGN KEY (loan_id) REFERENCES public.access_loan(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_personrequest
    ADD CONSTRAINT access_personrequest_decided_by_id_7d90dda2_fk_identity_ FOREIGN KEY (decided_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_personrequest
    ADD CONSTRAINT access_personrequest_received_by_id_deb2dc4e_fk_identity_ FOREIGN KEY (received_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_release
    ADD CONSTRAINT access_release_allowed_by_id_0796f71e_fk_identity_staff_id FOREIGN KEY (allowed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_release
    ADD CONSTRAINT access_release_asked_by_id_80c57795_fk_identity_staff_id FOREIGN KEY (asked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_savedview
    ADD CONSTRAINT access_savedview_staff_id_844ad1c3_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_synonym
    ADD CONSTRAINT access_synonym_accepted_by_id_8c44ea1a_fk_identity_staff_id FOREIGN KEY (accepted_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_synonym
    ADD CONSTRAINT access_synonym_ended_by_id_e178e49b_fk_identity_staff_id FOREIGN KEY (ended_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_synonym
    ADD CONSTRAINT access_synonym_series_id_d2747194_fk_holdings_series_code FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_use
    ADD CONSTRAINT access_use_by_id_43a7cd4d_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_use
    ADD CONSTRAINT access_use_copy_id_31c314c1_fk_access_certifiedcopy_number FOREIGN KEY (copy_id) REFERENCES public.access_certifiedcopy(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_use
    ADD CONSTRAINT access_use_department_id_a99b545a_fk_identity_department_code FOREIGN KEY (department_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_use
    ADD CONSTRAINT access_use_loan_id_5840b28c_fk_access_loan_number FOREIGN KEY (loan_id) REFERENCES public.access_loan(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_useanalysis
    ADD CONSTRAINT access_useanalysis_made_by_id_16b223df_fk_identity_staff_id FOREIGN KEY (made_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_useday
    ADD CONSTRAINT access_useday_staff_id_45651312_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_usedoubt
    ADD CONSTRAINT access_usedoubt_decided_by_id_c91c7835_fk_identity_staff_id FOREIGN KEY (decided_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_usedoubt
    ADD CONSTRAINT access_usedoubt_staff_id_81003669_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_checkscheme
    ADD CONSTRAINT checks_checkscheme_approved_by_id_3362242f_fk_identity_staff_id FOREIGN KEY (approved_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_checkscheme
    ADD CONSTRAINT checks_checkscheme_asked_by_id_e4765ae8_fk_identity_staff_id FOREIGN KEY (asked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_checkscheme
    ADD CONSTRAINT checks_checkscheme_fonds_id_b96d8d88_fk_holdings_fonds_code FOREIGN KEY (fonds_id) REFERENCES public.holdings_fonds(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_course
    ADD CONSTRAINT checks_course_acceptor_id_21b51ae4_fk_identity_staff_id FOREIGN KEY (acceptor_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_course
    ADD CONSTRAINT checks_course_series_id_4419ab18_fk_holdings_series_code FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_failure
    ADD CONSTRAINT checks_failure_run_id_6152c026_fk_checks_run_number FOREIGN KEY (run_id) REFERENCES public.checks_run(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_handeditem
    ADD CONSTRAINT checks_handeditem_course_id_2c975c97_fk_checks_course_accession FOREIGN KEY (course_id) REFERENCES public.checks_course(accession) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_result
    ADD CONSTRAINT checks_result_attested_by_id_00c2ca3d_fk_identity_staff_id FOREIGN KEY (attested_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_result
    ADD CONSTRAINT checks_result_run_id_784e2318_fk_checks_run_number FOREIGN KEY (run_id) REFERENCES public.checks_run(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_sample
    ADD CONSTRAINT checks_sample_course_id_eb7093ea_fk_checks_course_accession FOREIGN KEY (course_id) REFERENCES public.checks_course(accession) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_sample
    ADD CONSTRAINT checks_sample_drawn_by_id_f02d6304_fk_identity_staff_id FOREIGN KEY (drawn_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_sampleditem
    ADD CONSTRAINT checks_sampleditem_judged_by_id_42409d53_fk_identity_staff_id FOREIGN KEY (judged_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_sampleditem
    ADD CONSTRAINT checks_sampleditem_sample_id_528fa6da_fk_checks_sample_id FOREIGN KEY (sample_id) REFERENCES public.checks_sample(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.checks_step
    ADD CONSTRAINT checks_step_course_id_dcdcb859_fk_checks_course_accession FOREIGN KEY (course_id) REFERENCES public.checks_course(accession) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_boxalert
    ADD CONSTRAINT claims_boxalert_closed_by_id_13101954_fk_identity_staff_id FOREIGN KEY (closed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_code
    ADD CONSTRAINT claims_code_list_id_fe771221_fk_claims_takenlist_number FOREIGN KEY (list_id) REFERENCES public.claims_takenlist(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_datedentry
    ADD CONSTRAINT claims_datedentry_list_id_6a056f02_fk_claims_takenlist_number FOREIGN KEY (list_id) REFERENCES public.claims_takenlist(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_department
    ADD CONSTRAINT claims_department_provider_id_8f96f7ef_fk_claims_provider_code FOREIGN KEY (provider_id) REFERENCES public.claims_provider(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_drgscheme
    ADD CONSTRAINT claims_drgscheme_by_id_f2469300_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_enrolee
    ADD CONSTRAINT claims_enrolee_merged_into_id_da6b7208_fk_claims_enrolee_id FOREIGN KEY (merged_into_id) REFERENCES public.claims_enrolee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_enroleesource
    ADD CONSTRAINT claims_enroleesource_enrolee_id_c674a7d7_fk_claims_enrolee_id FOREIGN KEY (enrolee_id) REFERENCES public.claims_enrolee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_linked_by_id_acb5047b_fk_identity_staff_id FOREIGN KEY (linked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_import
    ADD CONSTRAINT claims_import_by_id_818a89dc_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_linkcandidate
    ADD CONSTRAINT claims_linkcandidate_decided_by_id_a255ffea_fk_identity_ FOREIGN KEY (decided_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_linkcandidate
    ADD CONSTRAINT claims_linkcandidate_left_id_c4dd4214_fk_claims_enrolee_id FOREIGN KEY (left_id) REFERENCES public.claims_enrolee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_linkcandidate
    ADD CONSTRAINT claims_linkcandidate_right_id_278a429d_fk_claims_enrolee_id FOREIGN KEY (right_id) REFERENCES public.claims_enrolee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_merge
    ADD CONSTRAINT claims_merge_by_id_81524534_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_merge
    ADD CONSTRAINT claims_merge_gone_id_6f8fabef_fk_claims_enrolee_id FOREIGN KEY (gone_id) REFERENCES public.claims_enrolee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_merge
    ADD CONSTRAINT claims_merge_kept_id_ebb4126d_fk_claims_enrolee_id FOREIGN KEY (kept_id) REFERENCES public.claims_enrolee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_merge
    ADD CONSTRAINT claims_merge_undone_by_id_3bb698f1_fk_identity_staff_id FOREIGN KEY (undone_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_product
    ADD CONSTRAINT claims_product_list_id_9834b8bc_fk_claims_takenlist_number FOREIGN KEY (list_id) REFERENCES public.claims_takenlist(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_quarantinedrow
    ADD CONSTRAINT claims_quarantinedrow_batch_id_a873184f_fk_claims_import_number FOREIGN KEY (batch_id) REFERENCES public.claims_import(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_settlementevent
    ADD CONSTRAINT claims_settlementeve_asked_by_id_64602183_fk_identity_ FOREIGN KEY (asked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_settlementevent
    ADD CONSTRAINT claims_settlementevent_by_id_c89c8e1c_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_takenlist
    ADD CONSTRAINT claims_takenlist_by_id_c67aff4c_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_businesssystem
    ADD CONSTRAINT collection_businesss_made_by_id_e7b98d0b_fk_identity_ FOREIGN KEY (made_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_businesssystem
    ADD CONSTRAINT collection_businesss_revoked_by_id_d33526aa_fk_identity_ FOREIGN KEY (revoked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_case
    ADD CONSTRAINT collection_case_accession_id_cae05ab7_fk_intake_accession_id FOREIGN KEY (accession_id) REFERENCES public.intake_accession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_case
    ADD CONSTRAINT collection_case_series_id_ede61055_fk_holdings_series_code FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_case
    ADD CONSTRAINT collection_case_system_id_637aaf56_fk_collectio FOREIGN KEY (system_id) REFERENCES public.collection_businesssystem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_casematerial
    ADD CONSTRAINT collection_casematerial_case_id_6252b21d_fk_collection_case_id FOREIGN KEY (case_id) REFERENCES public.collection_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_letter
    ADD CONSTRAINT collection_letter_followed_by_id_f7c77685_fk_collectio FOREIGN KEY (followed_by_id) REFERENCES public.collection_letter(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_letter
    ADD CONSTRAINT collection_letter_institution_id_70c9a97c_fk_collectio FOREIGN KEY (institution_id) REFERENCES public.collection_institution(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_letter
    ADD CONSTRAINT collection_letter_section_id_252ae2f9_fk_identity_ FOREIGN KEY (section_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_letterline
    ADD CONSTRAINT collection_letterlin_letter_id_7c321a69_fk_collectio FOREIGN KEY (letter_id) REFERENCES public.collection_letter(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_letterline
    ADD CONSTRAINT collection_letterlin_material_id_5d6155a2_fk_collectio FOREIGN KEY (material_id) REFERENCES public.collection_casematerial(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_letterline
    ADD CONSTRAINT collection_letterlin_obligation_id_73e6d43b_fk_collectio FOREIGN KEY (obligation_id) REFERENCES public.collection_obligation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_obligation
    ADD CONSTRAINT collection_obligatio_institution_id_ace5fbd7_fk_collectio FOREIGN KEY (institution_id) REFERENCES public.collection_institution(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_obligation
    ADD CONSTRAINT collection_obligatio_requirement_id_3987b5a5_fk_collectio FOREIGN KEY (requirement_id) REFERENCES public.collection_requirement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_obligation
    ADD CONSTRAINT collection_obligatio_section_id_ea70bd1f_fk_identity_ FOREIGN KEY (section_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_ower
    ADD CONSTRAINT collection_ower_institution_id_d30dfe1e_fk_collectio FOREIGN KEY (institution_id) REFERENCES public.collection_institution(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_ower
    ADD CONSTRAINT collection_ower_requirement_id_f200dc60_fk_collectio FOREIGN KEY (requirement_id) REFERENCES public.collection_requirement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_ower
    ADD CONSTRAINT collection_ower_section_id_ebb99d99_fk_identity_department_code FOREIGN KEY (section_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_receipt
    ADD CONSTRAINT collection_receipt_accession_id_f8db76c1_fk_intake_accession_id FOREIGN KEY (accession_id) REFERENCES public.intake_accession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_receipt
    ADD CONSTRAINT collection_receipt_obligation_id_70fe27a7_fk_collectio FOREIGN KEY (obligation_id) REFERENCES public.collection_obligation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_requirement
    ADD CONSTRAINT collection_requireme_series_id_8db19c62_fk_holdings_ FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_requirement
    ADD CONSTRAINT collection_requirement_made_by_id_f46ee03c_fk_identity_staff_id FOREIGN KEY (made_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_sitting
    ADD CONSTRAINT collection_sitting_accession_id_c64cdcc7_fk_intake_accession_id FOREIGN KEY (accession_id) REFERENCES public.intake_accession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.collection_sitting
    ADD CONSTRAINT collection_sitting_case_id_c43460c8_fk_collection_case_id FOREIGN KEY (case_id) REFERENCES public.collection_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_appraisal
    ADD CONSTRAINT disposition_appraisa_opened_by_id_a34b0d75_fk_identity_ FOREIGN KEY (opened_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_appraisal
    ADD CONSTRAINT disposition_appraisa_reported_by_id_8776b4cc_fk_identity_ FOREIGN KEY (reported_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_candidate
    ADD CONSTRAINT disposition_candidat_appraisal_id_8f32882f_fk_dispositi FOREIGN KEY (appraisal_id) REFERENCES public.disposition_appraisal(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_candidate
    ADD CONSTRAINT disposition_candidat_series_id_4704ac05_fk_holdings_ FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_destructionlist
    ADD CONSTRAINT disposition_destruct_appraisal_id_74ddf02d_fk_dispositi FOREIGN KEY (appraisal_id) REFERENCES public.disposition_appraisal(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_destructionlist
    ADD CONSTRAINT disposition_destruct_approved_by_id_44f7585a_fk_identity_ FOREIGN KEY (approved_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_destructionlist
    ADD CONSTRAINT disposition_destruct_begun_by_id_679e73a4_fk_identity_ FOREIGN KEY (begun_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_destructionlist
    ADD CONSTRAINT disposition_destruct_drawn_by_id_e00ecdcd_fk_identity_ FOREIGN KEY (drawn_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_destructionlist
    ADD CONSTRAINT disposition_destruct_filed_by_id_1817fea1_fk_identity_ FOREIGN KEY (filed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_holdorder
    ADD CONSTRAINT disposition_holdorde_lift_allowed_by_id_2571500b_fk_identity_ FOREIGN KEY (lift_allowed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_holdorder
    ADD CONSTRAINT disposition_holdorde_lift_asked_by_id_596a3c07_fk_identity_ FOREIGN KEY (lift_asked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_holdorder
    ADD CONSTRAINT disposition_holdorde_placed_by_id_654872ea_fk_identity_ FOREIGN KEY (placed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_holdorder
    ADD CONSTRAINT disposition_holdorde_series_id_7b8e66d3_fk_holdings_ FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_instrumentdraft
    ADD CONSTRAINT disposition_instrume_approved_by_id_adc522fb_fk_identity_ FOREIGN KEY (approved_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_instrumentdraft
    ADD CONSTRAINT disposition_instrume_fonds_id_1c5ebca3_fk_holdings_ FOREIGN KEY (fonds_id) REFERENCES public.holdings_fonds(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_instrumentdraft
    ADD CONSTRAINT disposition_instrume_made_by_id_8b02d955_fk_identity_ FOREIGN KEY (made_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_listitem
    ADD CONSTRAINT disposition_listitem_candidate_id_7a45e986_fk_dispositi FOREIGN KEY (candidate_id) REFERENCES public.disposition_candidate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_listitem
    ADD CONSTRAINT disposition_listitem_list_id_ed9c3cba_fk_dispositi FOREIGN KEY (list_id) REFERENCES public.disposition_destructionlist(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_member
    ADD CONSTRAINT disposition_member_appraisal_id_8f0bc7a3_fk_dispositi FOREIGN KEY (appraisal_id) REFERENCES public.disposition_appraisal(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_member
    ADD CONSTRAINT disposition_member_staff_id_d206ea13_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_opinion
    ADD CONSTRAINT disposition_opinion_candidate_id_dc39ae3f_fk_dispositi FOREIGN KEY (candidate_id) REFERENCES public.disposition_candidate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_opinion
    ADD CONSTRAINT disposition_opinion_member_id_0cc21d16_fk_disposition_member_id FOREIGN KEY (member_id) REFERENCES public.disposition_member(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_termconfirmation
    ADD CONSTRAINT disposition_termconf_asked_by_id_2d79d13a_fk_identity_ FOREIGN KEY (asked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_termconfirmation
    ADD CONSTRAINT disposition_termconf_confirmed_by_id_7b37f19e_fk_identity_ FOREIGN KEY (confirmed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_transfer
    ADD CONSTRAINT disposition_transfer_approved_by_id_2007b923_fk_identity_ FOREIGN KEY (approved_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_transfer
    ADD CONSTRAINT disposition_transfer_handed_by_id_8ebe44fa_fk_identity_staff_id FOREIGN KEY (handed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_transfer
    ADD CONSTRAINT disposition_transfer_proposed_by_id_775dd05f_fk_identity_ FOREIGN KEY (proposed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_transfer
    ADD CONSTRAINT disposition_transfer_receipt_by_id_4296eafd_fk_identity_ FOREIGN KEY (receipt_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_transferitem
    ADD CONSTRAINT disposition_transfer_series_id_6bfdc033_fk_holdings_ FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_transferitem
    ADD CONSTRAINT disposition_transfer_transfer_id_fbdc615a_fk_dispositi FOREIGN KEY (transfer_id) REFERENCES public.disposition_transfer(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_witness
    ADD CONSTRAINT disposition_witness_list_id_b2f1c5ca_fk_dispositi FOREIGN KEY (list_id) REFERENCES public.disposition_destructionlist(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disposition_witness
    ADD CONSTRAINT disposition_witness_staff_id_20c54159_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_drawn_by_id_452be38e_fk_identity_staff_id FOREIGN KEY (drawn_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_giver_id_44263fc6_fk_identity_staff_id FOREIGN KEY (giver_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_handover
    ADD CONSTRAINT duty_handover_taker_id_0540814d_fk_identity_staff_id FOREIGN KEY (taker_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_incident
    ADD CONSTRAINT duty_incident_closed_by_id_61a8fa53_fk_identity_staff_id FOREIGN KEY (closed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_incident
    ADD CONSTRAINT duty_incident_reported_by_id_e7a4cf1a_fk_identity_staff_id FOREIGN KEY (reported_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_processor_accounts
    ADD CONSTRAINT duty_processor_accou_processor_id_03ff2871_fk_duty_proc FOREIGN KEY (processor_id) REFERENCES public.duty_processor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_processor_accounts
    ADD CONSTRAINT duty_processor_accounts_staff_id_ad768b2e_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_responsibility
    ADD CONSTRAINT duty_responsibility_appointed_by_id_21af6398_fk_identity_ FOREIGN KEY (appointed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_responsibility
    ADD CONSTRAINT duty_responsibility_staff_id_57e51b38_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_alias
    ADD CONSTRAINT holdings_alias_item_id_5f50d62b_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_hold
    ADD CONSTRAINT holdings_hold_item_id_9793dbc4_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_identifier
    ADD CONSTRAINT holdings_identifier_item_id_03ba4bb3_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_item
    ADD CONSTRAINT holdings_item_series_id_91f25762_fk_holdings_series_code FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_item
    ADD CONSTRAINT holdings_item_volume_id_924a8383_fk_holdings_volume_id FOREIGN KEY (volume_id) REFERENCES public.holdings_volume(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_itemfile
    ADD CONSTRAINT holdings_itemfile_item_id_a865e6a4_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_itemscope
    ADD CONSTRAINT holdings_itemscope_item_id_06e33415_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_itemversion
    ADD CONSTRAINT holdings_itemversion_item_id_b2949385_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_page
    ADD CONSTRAINT holdings_page_file_id_93af6189_fk_holdings_itemfile_id FOREIGN KEY (file_id) REFERENCES public.holdings_itemfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_page
    ADD CONSTRAINT holdings_page_item_id_3f0f8673_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_pendingversion
    ADD CONSTRAINT holdings_pendingversion_item_id_5955957b_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_schemeversion
    ADD CONSTRAINT holdings_schemeversion_fonds_id_f7aff65d_fk_holdings_fonds_code FOREIGN KEY (fonds_id) REFERENCES public.holdings_fonds(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_series
    ADD CONSTRAINT holdings_series_department_id_f3a11d89_fk_identity_ FOREIGN KEY (department_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_series
    ADD CONSTRAINT holdings_series_fonds_id_280cbee6_fk_holdings_fonds_code FOREIGN KEY (fonds_id) REFERENCES public.holdings_fonds(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_series
    ADD CONSTRAINT holdings_series_parent_id_ae6bb7af_fk_holdings_series_code FOREIGN KEY (parent_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_series
    ADD CONSTRAINT holdings_series_retention_rule_id_bf31868b_fk_holdings_ FOREIGN KEY (retention_rule_id) REFERENCES public.holdings_retentionrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_tombstone
    ADD CONSTRAINT holdings_tombstone_series_id_5c497651_fk_holdings_series_code FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.holdings_volume
    ADD CONSTRAINT holdings_volume_series_id_6cb88405_fk_holdings_series_code FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identity_brokenglass
    ADD CONSTRAINT identity_brokenglass_reviewed_by_id_816008a0_fk_identity_ FOREIGN KEY (reviewed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identity_brokenglass
    ADD CONSTRAINT identity_brokenglass_staff_id_5b50987f_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identity_factor
    ADD CONSTRAINT identity_factor_staff_id_c86b0c88_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identity_pastpassword
    ADD CONSTRAINT identity_pastpassword_staff_id_d3fc488d_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identity_post
    ADD CONSTRAINT identity_post_department_id_4366b3dc_fk_identity_ FOREIGN KEY (department_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identity_post
    ADD CONSTRAINT identity_post_staff_id_2df0b464_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identity_staff
    ADD CONSTRAINT identity_staff_department_id_a7398eaf_fk_identity_ FOREIGN KEY (department_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identity_visit
    ADD CONSTRAINT identity_visit_staff_id_43ba4993_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.insight_yearlyentry
    ADD CONSTRAINT insight_yearlyentry_entered_by_id_4eb78eee_fk_identity_staff_id FOREIGN KEY (entered_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_accession
    ADD CONSTRAINT intake_accession_series_id_478b7b3c_fk_holdings_series_code FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_cataloguerow
    ADD CONSTRAINT intake_cataloguerow_accession_id_4ec123cf_fk_intake_ac FOREIGN KEY (accession_id) REFERENCES public.intake_accession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_cataloguerow
    ADD CONSTRAINT intake_cataloguerow_file_id_0e286100_fk_intake_receivedfile_id FOREIGN KEY (file_id) REFERENCES public.intake_receivedfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_cataloguerow
    ADD CONSTRAINT intake_cataloguerow_item_id_014eeb3d_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_contentclaim
    ADD CONSTRAINT intake_contentclaim_file_id_e457df53_fk_intake_receivedfile_id FOREIGN KEY (file_id) REFERENCES public.intake_receivedfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_pagemark
    ADD CONSTRAINT intake_pagemark_accession_id_0b1e8e84_fk_intake_accession_id FOREIGN KEY (accession_id) REFERENCES public.intake_accession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_receivedfile
    ADD CONSTRAINT intake_receivedfile_accession_id_b6a57d40_fk_intake_ac FOREIGN KEY (accession_id) REFERENCES public.intake_accession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_receivedfile
    ADD CONSTRAINT intake_receivedfile_container_id_588cfc77_fk_intake_re FOREIGN KEY (container_id) REFERENCES public.intake_receivedfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_receivedfile
    ADD CONSTRAINT intake_receivedfile_item_id_cb7e0d1e_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_case
    ADD CONSTRAINT oversight_case_opened_by_id_bb3deaf9_fk_identity_staff_id FOREIGN KEY (opened_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_case
    ADD CONSTRAINT oversight_case_overturn_asked_by_id_2c2e7f04_fk_identity_ FOREIGN KEY (overturn_asked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_case
    ADD CONSTRAINT oversight_case_overturn_signed_by_i_d96c67dd_fk_identity_ FOREIGN KEY (overturn_signed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_case
    ADD CONSTRAINT oversight_case_proposed_by_id_1ec85df5_fk_identity_staff_id FOREIGN KEY (proposed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_case
    ADD CONSTRAINT oversight_case_signed_by_id_5c711dac_fk_identity_staff_id FOREIGN KEY (signed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_casefile
    ADD CONSTRAINT oversight_casefile_request_id_7fbb9746_fk_oversight FOREIGN KEY (request_id) REFERENCES public.oversight_paperrequest(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_caseitem
    ADD CONSTRAINT oversight_caseitem_case_id_276aedc6_fk_oversight_case_number FOREIGN KEY (case_id) REFERENCES public.oversight_case(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_casestep
    ADD CONSTRAINT oversight_casestep_by_id_799ed69c_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_casestep
    ADD CONSTRAINT oversight_casestep_case_id_eec5fed3_fk_oversight_case_number FOREIGN KEY (case_id) REFERENCES public.oversight_case(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_case_id_62172834_fk_oversight_case_number FOREIGN KEY (case_id) REFERENCES public.oversight_case(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_decided_by_id_c20752e4_fk_identity_staff_id FOREIGN KEY (decided_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_run_id_02368cc6_fk_oversight_run_number FOREIGN KEY (run_id) REFERENCES public.oversight_run(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_findingline
    ADD CONSTRAINT oversight_findinglin_finding_id_e2277526_fk_oversight FOREIGN KEY (finding_id) REFERENCES public.oversight_finding(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_inspector
    ADD CONSTRAINT oversight_inspector_case_id_1e86a93c_fk_oversight_case_number FOREIGN KEY (case_id) REFERENCES public.oversight_case(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_inspector
    ADD CONSTRAINT oversight_inspector_staff_id_0ebe6fec_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_instalment
    ADD CONSTRAINT oversight_instalment_case_id_323c4c3b_fk_oversight_case_number FOREIGN KEY (case_id) REFERENCES public.oversight_case(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_knowledgeversion
    ADD CONSTRAINT oversight_knowledgev_verified_by_id_1f66b07b_fk_identity_ FOREIGN KEY (verified_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_knowledgeversion
    ADD CONSTRAINT oversight_knowledgeversion_by_id_0f4112ef_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_paperrequest
    ADD CONSTRAINT oversight_paperreque_answered_by_id_c30a13b6_fk_identity_ FOREIGN KEY (answered_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_paperrequest
    ADD CONSTRAINT oversight_paperreque_asked_by_id_cffc120c_fk_identity_ FOREIGN KEY (asked_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_paperrequest
    ADD CONSTRAINT oversight_paperreque_case_id_cd133511_fk_oversight FOREIGN KEY (case_id) REFERENCES public.oversight_case(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_payment
    ADD CONSTRAINT oversight_payment_case_id_573daa73_fk_oversight_case_number FOREIGN KEY (case_id) REFERENCES public.oversight_case(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_payment
    ADD CONSTRAINT oversight_payment_confirmed_by_id_c7ea9931_fk_identity_staff_id FOREIGN KEY (confirmed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_payment
    ADD CONSTRAINT oversight_payment_entered_by_id_ca0c2db0_fk_identity_staff_id FOREIGN KEY (entered_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_reading
    ADD CONSTRAINT oversight_reading_finding_id_8d26c239_fk_oversight FOREIGN KEY (finding_id) REFERENCES public.oversight_finding(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_reading
    ADD CONSTRAINT oversight_reading_staff_id_8c3ff05b_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_scoremodel
    ADD CONSTRAINT oversight_scoremodel_promoted_by_id_61a520f1_fk_identity_ FOREIGN KEY (promoted_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_scoremodel
    ADD CONSTRAINT oversight_scoremodel_proposed_by_id_c222d6be_fk_identity_ FOREIGN KEY (proposed_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_verdict
    ADD CONSTRAINT oversight_verdict_by_id_c9f5122f_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.oversight_verdict
    ADD CONSTRAINT oversight_verdict_finding_id_e6729f2b_fk_oversight FOREIGN KEY (finding_id) REFERENCES public.oversight_finding(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identity_post
    ADD CONSTRAINT post_duty_is_the_staffs FOREIGN KEY (staff_id, duty) REFERENCES public.identity_staff(id, duty);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE ONLY public.quality_case
    ADD CONSTRAINT quality_case_accepted_by_id_185ee857_fk_identity_staff_id FOREIGN KEY (accepted_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_case
    ADD CONSTRAINT quality_case_owner_id_08b430bd_fk_identity_staff_id FOREIGN KEY (owner_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_casestep
    ADD CONSTRAINT quality_casestep_by_id_a7f3a8bd_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_casestep
    ADD CONSTRAINT quality_casestep_case_id_70b57da5_fk_quality_case_number FOREIGN KEY (case_id) REFERENCES public.quality_case(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_declaredmissing
    ADD CONSTRAINT quality_declaredmissing_by_id_9126241c_fk_identity_staff_id FOREIGN KEY (by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_fieldcheck
    ADD CONSTRAINT quality_fieldcheck_row_id_68554ee9_fk_quality_sampleitem_id FOREIGN KEY (row_id) REFERENCES public.quality_sampleitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_finding
    ADD CONSTRAINT quality_finding_decided_by_id_9359159b_fk_identity_staff_id FOREIGN KEY (decided_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_finding
    ADD CONSTRAINT quality_finding_item_id_007fa74b_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_look
    ADD CONSTRAINT quality_look_item_id_9a558f39_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_pageprint
    ADD CONSTRAINT quality_pageprint_item_id_512343a5_fk_holdings_item_id FOREIGN KEY (item_id) REFERENCES public.holdings_item(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_sample
    ADD CONSTRAINT quality_sample_drawn_by_id_011fd32f_fk_identity_staff_id FOREIGN KEY (drawn_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_sample
    ADD CONSTRAINT quality_sample_series_id_6b7f8984_fk_holdings_series_code FOREIGN KEY (series_id) REFERENCES public.holdings_series(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_sampleitem
    ADD CONSTRAINT quality_sampleitem_reviewer_id_99211d39_fk_identity_staff_id FOREIGN KEY (reviewer_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_sampleitem
    ADD CONSTRAINT quality_sampleitem_sample_id_bf7465ab_fk_quality_sample_number FOREIGN KEY (sample_id) REFERENCES public.quality_sample(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quality_setting
    ADD CONSTRAINT quality_setting_approved_by_id_01a86f0f_fk_identity_staff_id FOREIGN KEY (approved_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_alarm
    ADD CONSTRAINT storeroom_alarm_acknowledged_by_id_bc5e074a_fk_identity_ FOREIGN KEY (acknowledged_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_alarm
    ADD CONSTRAINT storeroom_alarm_sensor_id_facbc6e1_fk_storeroom_sensor_number FOREIGN KEY (sensor_id) REFERENCES public.storeroom_sensor(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_answer
    ADD CONSTRAINT storeroom_answer_round_id_e46a1170_fk_storeroom_round_number FOREIGN KEY (round_id) REFERENCES public.storeroom_round(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_box
    ADD CONSTRAINT storeroom_box_place_id_d949e35c_fk_storeroom_place_id FOREIGN KEY (place_id) REFERENCES public.storeroom_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_difference
    ADD CONSTRAINT storeroom_difference_settled_by_id_b07ba055_fk_identity_ FOREIGN KEY (settled_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_difference
    ADD CONSTRAINT storeroom_difference_take_id_abebffb1_fk_storeroom FOREIGN KEY (take_id) REFERENCES public.storeroom_stocktake(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_expectation
    ADD CONSTRAINT storeroom_expectatio_take_id_8d73f1e0_fk_storeroom FOREIGN KEY (take_id) REFERENCES public.storeroom_stocktake(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_finding
    ADD CONSTRAINT storeroom_finding_cured_by_id_80287db8_fk_identity_staff_id FOREIGN KEY (cured_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_finding
    ADD CONSTRAINT storeroom_finding_owner_id_a9e48894_fk_identity_staff_id FOREIGN KEY (owner_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_finding
    ADD CONSTRAINT storeroom_finding_round_id_1a8736ab_fk_storeroom_round_number FOREIGN KEY (round_id) REFERENCES public.storeroom_round(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_hourlyreading
    ADD CONSTRAINT storeroom_hourlyread_sensor_id_666eea9c_fk_storeroom FOREIGN KEY (sensor_id) REFERENCES public.storeroom_sensor(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_keeping
    ADD CONSTRAINT storeroom_keeping_box_id_56428517_fk_storeroom_box_number FOREIGN KEY (box_id) REFERENCES public.storeroom_box(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_photo
    ADD CONSTRAINT storeroom_photo_finding_id_66293369_fk_storeroom_finding_id FOREIGN KEY (finding_id) REFERENCES public.storeroom_finding(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_place
    ADD CONSTRAINT storeroom_place_parent_id_1e1bd3ca_fk_storeroom_place_id FOREIGN KEY (parent_id) REFERENCES public.storeroom_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_reading
    ADD CONSTRAINT storeroom_reading_sensor_id_662884e5_fk_storeroom_sensor_number FOREIGN KEY (sensor_id) REFERENCES public.storeroom_sensor(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_round
    ADD CONSTRAINT storeroom_round_opened_by_id_d1642530_fk_identity_staff_id FOREIGN KEY (opened_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_round
    ADD CONSTRAINT storeroom_round_room_id_db17b05b_fk_storeroom_place_id FOREIGN KEY (room_id) REFERENCES public.storeroom_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_scan
    ADD CONSTRAINT storeroom_scan_scanned_by_id_4c46a62e_fk_identity_staff_id FOREIGN KEY (scanned_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_scan
    ADD CONSTRAINT storeroom_scan_take_id_aa0d7bcc_fk_storeroom_stocktake_number FOREIGN KEY (take_id) REFERENCES public.storeroom_stocktake(number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_sensor
    ADD CONSTRAINT storeroom_sensor_room_id_2cad72fa_fk_storeroom_place_id FOREIGN KEY (room_id) REFERENCES public.storeroom_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_stocktake
    ADD CONSTRAINT storeroom_stocktake_opened_by_id_fd38c25b_fk_identity_staff_id FOREIGN KEY (opened_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_stocktake
    ADD CONSTRAINT storeroom_stocktake_place_id_872a90c0_fk_storeroom_place_id FOREIGN KEY (place_id) REFERENCES public.storeroom_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_zoneentry
    ADD CONSTRAINT storeroom_zoneentry_companion_id_1b16513c_fk_identity_staff_id FOREIGN KEY (companion_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_zoneentry
    ADD CONSTRAINT storeroom_zoneentry_room_id_51779a25_fk_storeroom_place_id FOREIGN KEY (room_id) REFERENCES public.storeroom_place(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.storeroom_zoneentry
    ADD CONSTRAINT storeroom_zoneentry_staff_id_ce2d26dd_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_address
    ADD CONSTRAINT workflow_address_staff_id_b034b21e_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_approval
    ADD CONSTRAINT workflow_approval_asker_id_478dff5d_fk_identity_staff_id FOREIGN KEY (asker_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_approval
    ADD CONSTRAINT workflow_approval_decided_by_id_698fd11d_fk_identity_staff_id FOREIGN KEY (decided_by_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_attempt
    ADD CONSTRAINT workflow_attempt_delivery_id_797bdb48_fk_workflow_delivery_id FOREIGN KEY (delivery_id) REFERENCES public.workflow_delivery(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_choice
    ADD CONSTRAINT workflow_choice_staff_id_c56508cd_fk_identity_staff_id FOREIGN KEY (staff_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_deadline
    ADD CONSTRAINT workflow_deadline_assignee_id_ba2ca6f2_fk_identity_staff_id FOREIGN KEY (assignee_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_deadline
    ADD CONSTRAINT workflow_deadline_department_id_ab827ecf_fk_identity_ FOREIGN KEY (department_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_deadline
    ADD CONSTRAINT workflow_deadline_task_id_3aedb3ce_fk_workflow_task_id FOREIGN KEY (task_id) REFERENCES public.workflow_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_delivery
    ADD CONSTRAINT workflow_delivery_address_id_ae5349b4_fk_workflow_address_id FOREIGN KEY (address_id) REFERENCES public.workflow_address(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_notice
    ADD CONSTRAINT workflow_notice_recipient_id_6dee3801_fk_identity_staff_id FOREIGN KEY (recipient_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_task
    ADD CONSTRAINT workflow_task_assignee_id_2342ebf5_fk_identity_staff_id FOREIGN KEY (assignee_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_task
    ADD CONSTRAINT workflow_task_department_id_6ca3e588_fk_identity_ FOREIGN KEY (department_id) REFERENCES public.identity_department(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_task
    ADD CONSTRAINT workflow_task_not_for_id_b2acc8b6_fk_identity_staff_id FOREIGN KEY (not_for_id) REFERENCES public.identity_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.holdings_alias ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_identifier ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_itemfile ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_itemscope ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_itemversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_page ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_pendingversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_volume ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.holdings_volumestep ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON public.holdings_alias USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR (EXISTS ( SELECT 1
   FROM public.holdings_itemscope s
  WHERE (s.item_id = holdings_alias.item_id))) OR (item_id = ANY (( SELECT (string_to_array(NULLIF(current_setting('yidang.lent'::text, true), ''::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_hold USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR (EXISTS ( SELECT 1
   FROM public.holdings_itemscope s
  WHERE (s.item_id = holdings_hold.item_id))) OR (item_id = ANY (( SELECT (string_to_array(NULLIF(current_setting('yidang.lent'::text, true), ''::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_identifier USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR (EXISTS ( SELECT 1
   FROM public.holdings_itemscope s
  WHERE (s.item_id = holdings_identifier.item_id))) OR (item_id = ANY (( SELECT (string_to_array(NULLIF(current_setting('yidang.lent'::text, true), ''::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_item USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR (EXISTS ( SELECT 1
   FROM public.holdings_itemscope s
  WHERE (s.item_id = holdings_item.id))) OR (id = ANY (( SELECT (string_to_array(NULLIF(current_setting('yidang.lent'::text, true), ''::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_itemfile USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR (EXISTS ( SELECT 1
   FROM public.holdings_itemscope s
  WHERE (s.item_id = holdings_itemfile.item_id))) OR (item_id = ANY (( SELECT (string_to_array(NULLIF(current_setting('yidang.lent'::text, true), ''::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_itemscope USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR ((((value)::text = ANY (( SELECT string_to_array(current_setting('yidang.doors'::text, true), '
'::text) AS string_to_array)::text[])) OR ( SELECT ('%'::text = ANY (( SELECT string_to_array(current_setting('yidang.doors'::text, true), '
'::text) AS string_to_array)::text[])))) AND ((((((((((kind)::text || '|'::text) || (value)::text) || '|'::text) || (sensitivity)::text) || '|'::text) || (fonds)::text) || '|'::text) || (series)::text) ~~ ANY (( SELECT string_to_array(NULLIF(current_setting('yidang.reach'::text, true), ''::text), '
'::text) AS string_to_array)::text[]))) OR (item_id = ANY (( SELECT (string_to_array(NULLIF(current_setting('yidang.lent'::text, true), ''::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_itemversion USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR (EXISTS ( SELECT 1
   FROM public.holdings_itemscope s
  WHERE (s.item_id = holdings_itemversion.item_id))) OR (item_id = ANY (( SELECT (string_to_array(NULLIF(current_setting('yidang.lent'::text, true), ''::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_page USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR (EXISTS ( SELECT 1
   FROM public.holdings_itemscope s
  WHERE (s.item_id = holdings_page.item_id))) OR (item_id = ANY (( SELECT (string_to_array(NULLIF(current_setting('yidang.lent'::text, true), ''::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_pendingversion USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR (EXISTS ( SELECT 1
   FROM public.holdings_itemscope s
  WHERE (s.item_id = holdings_pendingversion.item_id))) OR (item_id = ANY (( SELECT (string_to_array(NULLIF(current_setting('yidang.lent'::text, true), ''::text), ','::text))::uuid[] AS string_to_array)::uuid[])))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_volume USING ((( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text)) OR (EXISTS ( SELECT 1
   FROM public.holdings_item i
  WHERE (i.volume_id = holdings_volume.id))))) WITH CHECK (true);
CREATE POLICY reach ON public.holdings_volumestep USING (( SELECT (current_setting('yidang.reach'::text, true) = 'all'::text))) WITH CHECK (true);
