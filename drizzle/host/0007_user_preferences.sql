CREATE TABLE "myoserve"."user_preferences" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"preferences" jsonb NOT NULL,
	CONSTRAINT "user_preferences_object" CHECK (jsonb_typeof("myoserve"."user_preferences"."preferences") = 'object')
);
--> statement-breakpoint
ALTER TABLE "myoserve"."user_preferences" ADD CONSTRAINT "user_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "myoserve"."users"("id") ON DELETE cascade ON UPDATE no action;