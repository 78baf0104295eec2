ALTER TABLE "clinical_records"."clinical_notes" ADD COLUMN "author" text;--> statement-breakpoint
ALTER TABLE "clinical_records"."clinical_notes" ADD COLUMN "edited_by" text;