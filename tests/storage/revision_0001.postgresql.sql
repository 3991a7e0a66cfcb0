-- A database as the program left it when its newest revision was 0001; never to be changed.
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
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
    CONSTRAINT ck_jobs_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying, 'parked'::character varying, 'delivered'::character varying, 'failed'::character varying, 'cancelled'::character varying, 'interrupted'::character varying])::text[])))
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
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.favourites VALUES (10, 'fox', 0, 1001);
INSERT INTO public.files VALUES ('owl', 0, '\x504e47');
INSERT INTO public.jobs VALUES ('fox', 10, 20, 30, 'en-US', false, false, NULL, NULL, 1000, 'delivered', 30, 40, 'secret-token', 1900);
INSERT INTO public.jobs VALUES ('owl', 11, 20, 30, 'en-US', false, false, NULL, NULL, 1000, 'waiting', NULL, NULL, NULL, NULL);
INSERT INTO public.pictures VALUES ('fox', 0, 'a fox', '', 1024, 1024, 4.5, 40, 7, 'sd-3.5', 12.5, 40, 30);
INSERT INTO public.pictures VALUES ('fox', 1, 'a fox', '', 1024, 1024, 4.5, 40, 7, 'sd-3.5', NULL, NULL, NULL);
INSERT INTO public.pictures VALUES ('owl', 0, 'a fox', '', 1024, 1024, 4.5, 40, 7, 'sd-3.5', 12.5, NULL, NULL);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT pk_favourites PRIMARY KEY (user_id, job_id, index);
ALTER TABLE ONLY public.files
    ADD CONSTRAINT pk_files PRIMARY KEY (job_id, index);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT pk_jobs PRIMARY KEY (id);
ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT pk_pictures PRIMARY KEY (job_id, index);
CREATE INDEX ix_favourites_job_id_index ON public.favourites USING btree (job_id, index);
CREATE INDEX ix_favourites_user_id_created_at ON public.favourites USING btree (user_id, created_at);
CREATE INDEX ix_jobs_state_created_at ON public.jobs USING btree (state, created_at);
CREATE INDEX ix_jobs_user_id_created_at_id ON public.jobs USING btree (user_id, created_at, id);
CREATE INDEX ix_pictures_message_id ON public.pictures USING btree (message_id);
ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT fk_favourites_job_id_index_pictures FOREIGN KEY (job_id, index) REFERENCES public.pictures(job_id, index) ON DELETE CASCADE;
ALTER TABLE ONLY public.files
    ADD CONSTRAINT fk_files_job_id_index_pictures FOREIGN KEY (job_id, index) REFERENCES public.pictures(job_id, index) ON DELETE CASCADE;
ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT fk_pictures_job_id_jobs FOREIGN KEY (job_id) REFERENCES public.jobs(id) ON DELETE CASCADE;
