-- A database as the program left it when its newest revision was 0002; never to be changed.
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
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
CREATE TABLE public.strikes (
    user_id bigint NOT NULL,
    count bigint NOT NULL,
    last_at double precision NOT NULL
);
CREATE TABLE public.tokens (
    user_id bigint NOT NULL,
    sealed bytea NOT NULL
);
INSERT INTO public.alembic_version VALUES ('0002');
INSERT INTO public.charges VALUES ('fox', 10, 30, 20, 1000, 2, false);
INSERT INTO public.charges VALUES ('owl', 11, 30, 20, 1000, 1, true);
INSERT INTO public.favourites VALUES (10, 'fox', 0, 1001);
INSERT INTO public.files VALUES ('owl', 0, '\x504e47');
INSERT INTO public.jobs VALUES ('fox', 10, 20, 30, 'en-US', false, false, NULL, NULL, 1000, 'delivered', 30, 40, 'secret-token', 1900, NULL);
INSERT INTO public.jobs VALUES ('owl', 11, 20, 30, 'en-US', false, false, NULL, NULL, 1000, 'parked', NULL, NULL, NULL, NULL, 500);
INSERT INTO public.pictures VALUES ('fox', 0, 'a fox', '', 1024, 1024, 4.5, 40, 7, 'sd-3.5', 12.5, 40, 30);
INSERT INTO public.pictures VALUES ('fox', 1, 'a fox', '', 1024, 1024, 4.5, 40, 7, 'sd-3.5', NULL, NULL, NULL);
INSERT INTO public.pictures VALUES ('owl', 0, 'a fox', '', 1024, 1024, 4.5, 40, 7, 'sd-3.5', 12.5, NULL, NULL);
INSERT INTO public.quota_clocks VALUES ('anonymous', 'seconds', 2000, true, 60, 5, 1000);
INSERT INTO public.strikes VALUES (11, 3, 1000);
INSERT INTO public.tokens VALUES (10, '\x6741414141414272424c38463062567464535561516c62324172796c6965396e67336861466a57415f324736476b435150494530504762783557347335424951314b695750524f625f5a6f37626841736f4e4f7745355755594f3776753830567837626d516c68724e446e684d4a416863354d504330413d');
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.charges
    ADD CONSTRAINT pk_charges PRIMARY KEY (job_id);
ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT pk_favourites PRIMARY KEY (user_id, job_id, index);
ALTER TABLE ONLY public.files
    ADD CONSTRAINT pk_files PRIMARY KEY (job_id, index);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT pk_jobs PRIMARY KEY (id);
ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT pk_pictures PRIMARY KEY (job_id, index);
ALTER TABLE ONLY public.quota_clocks
    ADD CONSTRAINT pk_quota_clocks PRIMARY KEY (credential, kind);
ALTER TABLE ONLY public.strikes
    ADD CONSTRAINT pk_strikes PRIMARY KEY (user_id);
ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT pk_tokens PRIMARY KEY (user_id);
CREATE INDEX ix_charges_at ON public.charges USING btree (at);
CREATE INDEX ix_charges_channel_id_is_live_at ON public.charges USING btree (channel_id, is_live, at);
CREATE INDEX ix_charges_guild_id_is_live_at ON public.charges USING btree (guild_id, is_live, at);
CREATE INDEX ix_charges_is_live_at ON public.charges USING btree (is_live, at);
CREATE INDEX ix_charges_user_id_is_live_at ON public.charges USING btree (user_id, is_live, at);
CREATE INDEX ix_favourites_job_id_index ON public.favourites USING btree (job_id, index);
CREATE INDEX ix_favourites_user_id_created_at ON public.favourites USING btree (user_id, created_at);
CREATE INDEX ix_jobs_state_created_at ON public.jobs USING btree (state, created_at);
CREATE INDEX ix_jobs_user_id_created_at_id ON public.jobs USING btree (user_id, created_at, id);
CREATE INDEX ix_jobs_user_id_state ON public.jobs USING btree (user_id, state);
CREATE INDEX ix_pictures_message_id ON public.pictures USING btree (message_id);
ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT fk_favourites_job_id_index_pictures FOREIGN KEY (job_id, index) REFERENCES public.pictures(job_id, index) ON DELETE CASCADE;
ALTER TABLE ONLY public.files
    ADD CONSTRAINT fk_files_job_id_index_pictures FOREIGN KEY (job_id, index) REFERENCES public.pictures(job_id, index) ON DELETE CASCADE;
ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT fk_pictures_job_id_jobs FOREIGN KEY (job_id) REFERENCES public.jobs(id) ON DELETE CASCADE;
