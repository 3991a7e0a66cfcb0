-- A database as the program left it when its newest revision was 0003; never to be changed.
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.audit (
    guild_id bigint NOT NULL,
    id bigint NOT NULL,
    at double precision NOT NULL,
    user_id bigint NOT NULL,
    action character varying(16) NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL
);
CREATE TABLE public.blocks (
    guild_id bigint NOT NULL,
    user_id bigint NOT NULL,
    by bigint NOT NULL,
    reason text NOT NULL,
    at double precision NOT NULL,
    until double precision
);
CREATE TABLE public.charges (
    job_id character varying(16) NOT NULL,
    user_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    guild_id bigint,
    at double precision NOT NULL,
    pictures bigint NOT NULL,
    is_live boolean NOT NULL
);
CREATE TABLE public.consents (
    user_id bigint NOT NULL,
    at double precision NOT NULL
);
CREATE TABLE public.favourites (
    user_id bigint NOT NULL,
    job_id character varying(16) NOT NULL,
    index bigint NOT NULL,
    created_at double precision NOT NULL
);
CREATE TABLE public.files (
    job_id character varying(16) NOT NULL,
    index bigint NOT NULL,
    image bytea NOT NULL
);
CREATE TABLE public.jobs (
    id character varying(16) NOT NULL,
    user_id bigint NOT NULL,
    guild_id bigint,
    channel_id bigint NOT NULL,
    locale text NOT NULL,
    private boolean NOT NULL,
    spoiler boolean NOT NULL,
    parent_job_id character varying(16),
    parent_index bigint,
    created_at double precision NOT NULL,
    state character varying(16) NOT NULL,
    place_channel_id bigint,
    place_message_id bigint,
    place_token text,
    place_token_ends_at double precision,
    parked_until double precision,
    CONSTRAINT ck_jobs_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying, 'parked'::character varying, 'delivered'::character varying, 'failed'::character varying, 'held'::character varying, 'cancelled'::character varying, 'interrupted'::character varying])::text[])))
);
CREATE TABLE public.left_servers (
    guild_id bigint NOT NULL,
    at double precision NOT NULL
);
CREATE TABLE public.pictures (
    job_id character varying(16) NOT NULL,
    index bigint NOT NULL,
    prompt text NOT NULL,
    negative_prompt text NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    guidance_scale double precision NOT NULL,
    steps bigint NOT NULL,
    seed bigint NOT NULL,
    model text NOT NULL,
    seconds double precision,
    message_id bigint,
    channel_id bigint
);
CREATE TABLE public.quota_clocks (
    credential text NOT NULL,
    kind character varying(16) NOT NULL,
    until double precision NOT NULL,
    stated boolean NOT NULL,
    seconds_requested bigint,
    seconds_left bigint,
    noted_at double precision NOT NULL
);
CREATE TABLE public.reports (
    job_id character varying(16) NOT NULL,
    user_id bigint NOT NULL,
    guild_id bigint NOT NULL,
    reason text NOT NULL,
    at double precision NOT NULL,
    outcome character varying(16) NOT NULL
);
CREATE TABLE public.server_revisions (
    guild_id bigint NOT NULL,
    revision bigint NOT NULL
);
CREATE TABLE public.setting_changes (
    guild_id bigint NOT NULL,
    id bigint NOT NULL,
    revision bigint NOT NULL,
    at double precision NOT NULL,
    user_id bigint NOT NULL,
    layer character varying(16) NOT NULL,
    target_id bigint NOT NULL,
    name text NOT NULL,
    before text,
    after text
);
CREATE TABLE public.settings (
    guild_id bigint NOT NULL,
    layer character varying(16) NOT NULL,
    target_id bigint NOT NULL,
    name text NOT NULL,
    value text NOT NULL,
    revision bigint NOT NULL
);
CREATE TABLE public.strikes (
    user_id bigint NOT NULL,
    count bigint NOT NULL,
    last_at double precision NOT NULL
);
CREATE TABLE public.styles (
    guild_id bigint NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    negative_prompt text NOT NULL,
    steps bigint,
    guidance_scale double precision,
    aspect_ratio text
);
CREATE TABLE public.tokens (
    user_id bigint NOT NULL,
    sealed bytea NOT NULL
);
INSERT INTO public.alembic_version VALUES ('0003');
INSERT INTO public.audit VALUES (20, 1, 1000, 11, 'block', '12', '');
INSERT INTO public.blocks VALUES (20, 12, 11, '', 1000, NULL);
INSERT INTO public.charges VALUES ('fox', 10, 30, 20, 1000, 2, false);
INSERT INTO public.charges VALUES ('owl', 11, 30, 20, 1000, 1, true);
INSERT INTO public.consents VALUES (10, 1000);
INSERT INTO public.favourites VALUES (10, 'fox', 0, 1001);
INSERT INTO public.files VALUES ('owl', 0, '\x504e47');
INSERT INTO public.jobs VALUES ('fox', 10, 20, 30, 'en-US', false, false, NULL, NULL, 1000, 'delivered', 30, 40, 'secret-token', 1900, NULL);
INSERT INTO public.jobs VALUES ('owl', 11, 20, 30, 'en-US', false, false, NULL, NULL, 1000, 'parked', NULL, NULL, NULL, NULL, 500);
INSERT INTO public.left_servers VALUES (21, 1000);
INSERT INTO public.pictures VALUES ('fox', 0, 'a fox', '', 1024, 1024, 4.5, 40, 7, 'sd-3.5', 12.5, 40, 30);
INSERT INTO public.pictures VALUES ('fox', 1, 'a fox', '', 1024, 1024, 4.5, 40, 7, 'sd-3.5', NULL, NULL, NULL);
INSERT INTO public.pictures VALUES ('owl', 0, 'a fox', '', 1024, 1024, 4.5, 40, 7, 'sd-3.5', 12.5, NULL, NULL);
INSERT INTO public.quota_clocks VALUES ('anonymous', 'seconds', 2000, true, 60, 5, 1000);
INSERT INTO public.reports VALUES ('fox', 11, 20, 'mine is better', 1000, 'open');
INSERT INTO public.server_revisions VALUES (20, 1);
INSERT INTO public.setting_changes VALUES (20, 1, 1, 1000, 11, 'server', 0, 'steps', NULL, '20');
INSERT INTO public.settings VALUES (20, 'server', 0, 'steps', '20', 1);
INSERT INTO public.strikes VALUES (11, 3, 1000);
INSERT INTO public.styles VALUES (20, 'noir', 'Noir', '', 'rain', '', 20, 4.5, '16:9');
INSERT INTO public.tokens VALUES (10, '\x6741414141414272424c38463062567464535561516c62324172796c6965396e67336861466a57415f324736476b435150494530504762783557347335424951314b695750524f625f5a6f37626841736f4e4f7745355755594f3776753830567837626d516c68724e446e684d4a416863354d504330413d');
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (guild_id, id);
ALTER TABLE ONLY public.blocks
    ADD CONSTRAINT pk_blocks PRIMARY KEY (guild_id, user_id);
ALTER TABLE ONLY public.charges
    ADD CONSTRAINT pk_charges PRIMARY KEY (job_id);
ALTER TABLE ONLY public.consents
    ADD CONSTRAINT pk_consents PRIMARY KEY (user_id);
ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT pk_favourites PRIMARY KEY (user_id, job_id, index);
ALTER TABLE ONLY public.files
    ADD CONSTRAINT pk_files PRIMARY KEY (job_id, index);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT pk_jobs PRIMARY KEY (id);
ALTER TABLE ONLY public.left_servers
    ADD CONSTRAINT pk_left_servers PRIMARY KEY (guild_id);
ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT pk_pictures PRIMARY KEY (job_id, index);
ALTER TABLE ONLY public.quota_clocks
    ADD CONSTRAINT pk_quota_clocks PRIMARY KEY (credential, kind);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT pk_reports PRIMARY KEY (job_id, user_id);
ALTER TABLE ONLY public.server_revisions
    ADD CONSTRAINT pk_server_revisions PRIMARY KEY (guild_id);
ALTER TABLE ONLY public.setting_changes
    ADD CONSTRAINT pk_setting_changes PRIMARY KEY (guild_id, id);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT pk_settings PRIMARY KEY (guild_id, layer, target_id, name);
ALTER TABLE ONLY public.strikes
    ADD CONSTRAINT pk_strikes PRIMARY KEY (user_id);
ALTER TABLE ONLY public.styles
    ADD CONSTRAINT pk_styles PRIMARY KEY (guild_id, key);
ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT pk_tokens PRIMARY KEY (user_id);
CREATE INDEX ix_audit_at ON public.audit USING btree (at);
CREATE INDEX ix_audit_user_id ON public.audit USING btree (user_id);
CREATE INDEX ix_blocks_until ON public.blocks USING btree (until);
CREATE INDEX ix_blocks_user_id ON public.blocks USING btree (user_id);
CREATE INDEX ix_charges_at ON public.charges USING btree (at);
CREATE INDEX ix_charges_channel_id_is_live_at ON public.charges USING btree (channel_id, is_live, at);
CREATE INDEX ix_charges_guild_id_is_live_at ON public.charges USING btree (guild_id, is_live, at);
CREATE INDEX ix_charges_is_live_at ON public.charges USING btree (is_live, at);
CREATE INDEX ix_charges_user_id_is_live_at ON public.charges USING btree (user_id, is_live, at);
CREATE INDEX ix_favourites_job_id_index ON public.favourites USING btree (job_id, index);
CREATE INDEX ix_favourites_user_id_created_at ON public.favourites USING btree (user_id, created_at);
CREATE INDEX ix_jobs_guild_id_created_at ON public.jobs USING btree (guild_id, created_at);
CREATE INDEX ix_jobs_state_created_at ON public.jobs USING btree (state, created_at);
CREATE INDEX ix_jobs_user_id_created_at_id ON public.jobs USING btree (user_id, created_at, id);
CREATE INDEX ix_jobs_user_id_state ON public.jobs USING btree (user_id, state);
CREATE INDEX ix_left_servers_at ON public.left_servers USING btree (at);
CREATE INDEX ix_pictures_message_id ON public.pictures USING btree (message_id);
CREATE INDEX ix_reports_at ON public.reports USING btree (at);
CREATE INDEX ix_reports_guild_id_outcome_at ON public.reports USING btree (guild_id, outcome, at);
CREATE INDEX ix_reports_user_id_guild_id_at ON public.reports USING btree (user_id, guild_id, at);
CREATE INDEX ix_setting_changes_guild_id_revision ON public.setting_changes USING btree (guild_id, revision);
CREATE INDEX ix_setting_changes_user_id ON public.setting_changes USING btree (user_id);
CREATE INDEX ix_settings_name ON public.settings USING btree (name);
CREATE INDEX ix_strikes_last_at ON public.strikes USING btree (last_at);
ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT fk_favourites_job_id_index_pictures FOREIGN KEY (job_id, index) REFERENCES public.pictures(job_id, index) ON DELETE CASCADE;
ALTER TABLE ONLY public.files
    ADD CONSTRAINT fk_files_job_id_index_pictures FOREIGN KEY (job_id, index) REFERENCES public.pictures(job_id, index) ON DELETE CASCADE;
ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT fk_pictures_job_id_jobs FOREIGN KEY (job_id) REFERENCES public.jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT fk_reports_job_id_jobs FOREIGN KEY (job_id) REFERENCES public.jobs(id) ON DELETE CASCADE;
