-- A database as the program left it when its newest revision was 0001; never to be changed.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE favourites (
	user_id BIGINT NOT NULL, 
	job_id VARCHAR(16) NOT NULL, 
	"index" BIGINT NOT NULL, 
	created_at FLOAT NOT NULL, 
	CONSTRAINT pk_favourites PRIMARY KEY (user_id, job_id, "index"), 
	CONSTRAINT fk_favourites_job_id_index_pictures FOREIGN KEY(job_id, "index") REFERENCES pictures (job_id, "index") ON DELETE CASCADE
);
INSERT INTO "favourites" VALUES(10,'fox',0,1001.0);
CREATE TABLE files (
	job_id VARCHAR(16) NOT NULL, 
	"index" BIGINT NOT NULL, 
	image BLOB NOT NULL, 
	CONSTRAINT pk_files PRIMARY KEY (job_id, "index"), 
	CONSTRAINT fk_files_job_id_index_pictures FOREIGN KEY(job_id, "index") REFERENCES pictures (job_id, "index") ON DELETE CASCADE
);
INSERT INTO "files" VALUES('owl',0,X'504E47');
CREATE TABLE jobs (
	id VARCHAR(16) NOT NULL, 
	user_id BIGINT NOT NULL, 
	guild_id BIGINT, 
	channel_id BIGINT NOT NULL, 
	locale TEXT NOT NULL, 
	private BOOLEAN NOT NULL, 
	spoiler BOOLEAN NOT NULL, 
	parent_job_id VARCHAR(16), 
	parent_index BIGINT, 
	created_at FLOAT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	place_channel_id BIGINT, 
	place_message_id BIGINT, 
	place_token TEXT, 
	place_token_ends_at FLOAT, 
	CONSTRAINT pk_jobs PRIMARY KEY (id), 
	CONSTRAINT ck_jobs_state CHECK (state IN ('waiting', 'running', 'parked', 'delivered', 'failed', 'cancelled', 'interrupted'))
);
INSERT INTO "jobs" VALUES('fox',10,20,30,'en-US',0,0,NULL,NULL,1000.0,'delivered',30,40,'secret-token',1900.0);
INSERT INTO "jobs" VALUES('owl',11,20,30,'en-US',0,0,NULL,NULL,1000.0,'waiting',NULL,NULL,NULL,NULL);
CREATE TABLE pictures (
	job_id VARCHAR(16) NOT NULL, 
	"index" BIGINT NOT NULL, 
	prompt TEXT NOT NULL, 
	negative_prompt TEXT NOT NULL, 
	width BIGINT NOT NULL, 
	height BIGINT NOT NULL, 
	guidance_scale FLOAT NOT NULL, 
	steps BIGINT NOT NULL, 
	seed BIGINT NOT NULL, 
	model TEXT NOT NULL, 
	seconds FLOAT, 
	message_id BIGINT, 
	channel_id BIGINT, 
	CONSTRAINT pk_pictures PRIMARY KEY (job_id, "index"), 
	CONSTRAINT fk_pictures_job_id_jobs FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "pictures" VALUES('fox',0,'a fox','',1024,1024,4.5,40,7,'sd-3.5',12.5,40,30);
INSERT INTO "pictures" VALUES('fox',1,'a fox','',1024,1024,4.5,40,7,'sd-3.5',NULL,NULL,NULL);
INSERT INTO "pictures" VALUES('owl',0,'a fox','',1024,1024,4.5,40,7,'sd-3.5',12.5,NULL,NULL);
CREATE INDEX ix_jobs_user_id_created_at_id ON jobs (user_id, created_at, id);
CREATE INDEX ix_jobs_state_created_at ON jobs (state, created_at);
CREATE INDEX ix_pictures_message_id ON pictures (message_id);
CREATE INDEX ix_favourites_user_id_created_at ON favourites (user_id, created_at);
CREATE INDEX ix_favourites_job_id_index ON favourites (job_id, "index");
COMMIT;
