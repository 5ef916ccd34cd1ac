-- Who may do what in a record store on PostgreSQL. Run it as the owner of the database, who may
-- also create roles; again after every new version of the store. It changes no record.
--
--   nmt_therapist   keeps and reads client records; cannot change what is written, nor review
--   nmt_student     sees and keeps the attempts of the login's own name; no client record at all
--   nmt_supervisor  reads everything; adds remarks, signatures and amendments, and nothing else
--
-- A person's login is put into one of them, or several:
--   CREATE ROLE anna LOGIN PASSWORD '...' IN ROLE nmt_therapist;
-- Redaction, deletion and migrations are the owner's, whom row-level security does not bind; the
-- guards of append-only tables bind the owner too.

BEGIN;

DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['nmt_therapist', 'nmt_student', 'nmt_supervisor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
END $$;

-- Nothing is left of what was granted before.
DO $$
DECLARE
    here text := quote_ident(current_schema());
    everyone text := 'PUBLIC, nmt_therapist, nmt_student, nmt_supervisor';
    one record;
BEGIN
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %s FROM %s', here, everyone);
    EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %s FROM %s', here, everyone);
    EXECUTE format('REVOKE CREATE ON SCHEMA %s FROM %s', here, everyone);
    EXECUTE format(
        'GRANT USAGE ON SCHEMA %s TO nmt_therapist, nmt_student, nmt_supervisor', here
    );
    FOR one IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = current_schema()
    LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
END $$;

GRANT SELECT ON alembic_version TO nmt_therapist, nmt_student, nmt_supervisor;

-- Client records.

GRANT SELECT ON clients, visits, interviews, journal, assessments, erasures, deletions
    TO nmt_therapist, nmt_supervisor;
GRANT INSERT ON clients, visits, interviews, assessments TO nmt_therapist;
GRANT INSERT ON journal TO nmt_therapist, nmt_supervisor;
GRANT UPDATE (state, finished, entries, last_at, last_hash) ON interviews TO nmt_therapist;
GRANT UPDATE (entries, last_at, last_hash) ON interviews TO nmt_supervisor;
GRANT SELECT, INSERT, DELETE ON findable TO nmt_therapist, nmt_supervisor;
GRANT SELECT, INSERT, DELETE, UPDATE (seen) ON locks TO nmt_therapist, nmt_supervisor;
GRANT USAGE ON clients_id_seq, visits_id_seq, assessments_id_seq TO nmt_therapist;
GRANT USAGE ON journal_id_seq TO nmt_therapist, nmt_supervisor;

ALTER TABLE journal ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON journal FOR SELECT TO nmt_therapist, nmt_supervisor
    USING (true);
CREATE POLICY tell ON journal FOR INSERT TO nmt_therapist
    WITH CHECK (what NOT IN ('remarked', 'signed', 'amended', 'redacted'));
CREATE POLICY review ON journal FOR INSERT TO nmt_supervisor
    WITH CHECK (what IN ('remarked', 'signed', 'amended'));

-- Students' practice. A therapist may ask for it, as verify does, and no row is shown.

GRANT SELECT ON attempts, attempt_events, attempt_results, attempt_journal, lessons
    TO nmt_student, nmt_supervisor, nmt_therapist;
GRANT INSERT ON attempts, attempt_events, attempt_results, lessons TO nmt_student;
GRANT INSERT ON attempt_journal TO nmt_student, nmt_supervisor;
GRANT UPDATE (finished, verdict, entries, last_hash) ON attempts TO nmt_student;
GRANT UPDATE (entries, last_hash) ON attempts TO nmt_supervisor;
GRANT USAGE ON attempts_id_seq, attempt_events_id_seq, lessons_id_seq TO nmt_student;
GRANT USAGE ON attempt_journal_id_seq TO nmt_student, nmt_supervisor;

ALTER TABLE attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempt_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempt_results ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempt_journal ENABLE ROW LEVEL SECURITY;
ALTER TABLE lessons ENABLE ROW LEVEL SECURITY;

CREATE POLICY read_all ON attempts FOR SELECT TO nmt_supervisor USING (true);
CREATE POLICY read_all ON attempt_events FOR SELECT TO nmt_supervisor USING (true);
CREATE POLICY read_all ON attempt_results FOR SELECT TO nmt_supervisor USING (true);
CREATE POLICY read_all ON attempt_journal FOR SELECT TO nmt_supervisor USING (true);
CREATE POLICY read_all ON lessons FOR SELECT TO nmt_supervisor USING (true);
CREATE POLICY review ON attempts FOR UPDATE TO nmt_supervisor USING (entries > 0);
CREATE POLICY review ON attempt_journal FOR INSERT TO nmt_supervisor
    WITH CHECK (what IN ('remarked', 'signed', 'amended'));

-- Their own, by the login's name; what was handed in is out of their hands.
CREATE POLICY read_own ON attempts FOR SELECT TO nmt_student USING (student = current_user);
CREATE POLICY begin_own ON attempts FOR INSERT TO nmt_student
    WITH CHECK (student = current_user AND entries = 0);
CREATE POLICY end_own ON attempts FOR UPDATE TO nmt_student
    USING (student = current_user AND entries = 0)
    WITH CHECK (student = current_user);
CREATE POLICY read_own ON attempt_events FOR SELECT TO nmt_student
    USING (EXISTS (SELECT FROM attempts a WHERE a.id = attempt_id AND a.student = current_user));
CREATE POLICY keep_own ON attempt_events FOR INSERT TO nmt_student
    WITH CHECK (EXISTS (
        SELECT FROM attempts a
        WHERE a.id = attempt_id AND a.student = current_user AND a.finished IS NULL
    ));
CREATE POLICY read_own ON attempt_results FOR SELECT TO nmt_student
    USING (EXISTS (SELECT FROM attempts a WHERE a.id = attempt_id AND a.student = current_user));
CREATE POLICY hand_in ON attempt_results FOR INSERT TO nmt_student
    WITH CHECK (EXISTS (
        SELECT FROM attempts a
        WHERE a.id = attempt_id AND a.student = current_user AND a.entries = 0
    ));
CREATE POLICY read_own ON attempt_journal FOR SELECT TO nmt_student
    USING (EXISTS (SELECT FROM attempts a WHERE a.id = attempt_id AND a.student = current_user));
CREATE POLICY hand_in ON attempt_journal FOR INSERT TO nmt_student
    WITH CHECK (what = 'handed_in' AND EXISTS (
        SELECT FROM attempts a
        WHERE a.id = attempt_id AND a.student = current_user AND a.entries = 0
    ));
CREATE POLICY read_own ON lessons FOR SELECT TO nmt_student USING (student = current_user);
CREATE POLICY keep_own ON lessons FOR INSERT TO nmt_student WITH CHECK (student = current_user);

COMMIT;
