DROP TRIGGER "mvc_records_append_only" ON "mvc_cascade"."mvc_records";--> statement-breakpoint
CREATE FUNCTION "mvc_cascade"."refuse_removal"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.patient_id::text = current_setting('myoserve.erased_patient', true) THEN
		RETURN OLD;
	END IF;
	RAISE EXCEPTION 'MVC records are neither changed nor removed: enter one that supersedes' USING ERRCODE = 'restrict_violation';
END
$$;--> statement-breakpoint
CREATE TRIGGER "mvc_records_append_only" BEFORE UPDATE OR TRUNCATE ON "mvc_cascade"."mvc_records" FOR EACH STATEMENT EXECUTE FUNCTION "mvc_cascade"."refuse_change"();--> statement-breakpoint
CREATE TRIGGER "mvc_records_kept" BEFORE DELETE ON "mvc_cascade"."mvc_records" FOR EACH ROW EXECUTE FUNCTION "mvc_cascade"."refuse_removal"();
