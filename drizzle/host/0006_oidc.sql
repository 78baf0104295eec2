CREATE TABLE "myoserve"."oidc_logins" (
	"state_hash" "bytea" PRIMARY KEY NOT NULL,
	"browser_hash" "bytea" NOT NULL,
	"return_to" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "oidc_logins_hashes" CHECK (octet_length("myoserve"."oidc_logins"."state_hash") = 32 and octet_length("myoserve"."oidc_logins"."browser_hash") = 32),
	CONSTRAINT "oidc_logins_return_to" CHECK ("myoserve"."oidc_logins"."return_to" ~ '^/([^/]|$)' and char_length("myoserve"."oidc_logins"."return_to") <= 4096)
);
--> statement-breakpoint
CREATE TABLE "myoserve"."oidc_subjects" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"linked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "oidc_subjects_taken" PRIMARY KEY("issuer","subject"),
	CONSTRAINT "oidc_subjects_of_user" UNIQUE("user_id","issuer"),
	CONSTRAINT "oidc_subjects_issuer" CHECK (char_length("myoserve"."oidc_subjects"."issuer") between 1 and 1024),
	CONSTRAINT "oidc_subjects_subject" CHECK (char_length("myoserve"."oidc_subjects"."subject") between 1 and 255)
);
--> statement-breakpoint
ALTER TABLE "myoserve"."oidc_subjects" ADD CONSTRAINT "oidc_subjects_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "myoserve"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "oidc_logins_expires_at" ON "myoserve"."oidc_logins" USING btree ("expires_at");