-- A database as the program left it when its newest revision was 0003; never to be changed.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE audit (
	guild_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	at FLOAT NOT NULL, 
	user_id BIGINT NOT NULL, 
	action VARCHAR(16) NOT NULL, 
	subject TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (guild_id, id)
);
INSERT INTO "audit" VALUES(20,1,1000.0,11,'block','12','');
CREATE TABLE blocks (
	guild_id BIGINT NOT NULL, 
	user_id BIGINT NOT NULL, 
	"by" BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	at FLOAT NOT NULL, 
	until FLOAT, 
	CONSTRAINT pk_blocks PRIMARY KEY (guild_id, user_id)
);
INSERT INTO "blocks" VALUES(20,12,11,'',1000.0,NULL);
CREATE TABLE charges (
	job_id VARCHAR(16) NOT NULL, 
	user_id BIGINT NOT NULL, 
	channel_id BIGINT NOT NULL, 
	guild_id BIGINT, 
	at FLOAT NOT NULL, 
	pictures BIGINT NOT NULL, 
	is_live BOOLEAN NOT NULL, 
	CONSTRAINT pk_charges PRIMARY KEY (job_id)
);
INSERT INTO "charges" VALUES('fox',10,30,20,1000.0,2,0);
INSERT INTO "charges" VALUES('owl',11,30,20,1000.0,1,1);
CREATE TABLE consents (
	user_id BIGINT NOT NULL, 
	at FLOAT NOT NULL, 
	CONSTRAINT pk_consents PRIMARY KEY (user_id)
);
INSERT INTO "consents" VALUES(10,1000.0);
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
CREATE TABLE "jobs" (
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
	parked_until FLOAT, 
	CONSTRAINT pk_jobs PRIMARY KEY (id), 
	CONSTRAINT ck_jobs_state CHECK (state IN ('waiting', 'running', 'parked', 'delivered', 'failed', 'held', 'cancelled', 'interrupted'))
);
INSERT INTO "jobs" VALUES('fox',10,20,30,'en-US',0,0,NULL,NULL,1000.0,'delivered',30,40,'secret-token',1900.0,NULL);
INSERT INTO "jobs" VALUES('owl',11,20,30,'en-US',0,0,NULL,NULL,1000.0,'parked',NULL,NULL,NULL,NULL,500.0);
CREATE TABLE left_servers (
	guild_id BIGINT NOT NULL, 
	at FLOAT NOT NULL, 
	CONSTRAINT pk_left_servers PRIMARY KEY (guild_id)
);
INSERT INTO "left_servers" VALUES(21,1000.0);
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
CREATE TABLE quota_clocks (
	credential TEXT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	until FLOAT NOT NULL, 
	stated BOOLEAN NOT NULL, 
	seconds_requested BIGINT, 
	seconds_left BIGINT, 
	noted_at FLOAT NOT NULL, 
	CONSTRAINT pk_quota_clocks PRIMARY KEY (credential, kind)
);
INSERT INTO "quota_clocks" VALUES('anonymous','seconds',2000.0,1,60,5,1000.0);
CREATE TABLE reports (
	job_id VARCHAR(16) NOT NULL, 
	user_id BIGINT NOT NULL, 
	guild_id BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	at FLOAT NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (job_id, user_id), 
	CONSTRAINT fk_reports_job_id_jobs FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "reports" VALUES('fox',11,20,'mine is better',1000.0,'open');
CREATE TABLE server_revisions (
	guild_id BIGINT NOT NULL, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_server_revisions PRIMARY KEY (guild_id)
);
INSERT INTO "server_revisions" VALUES(20,1);
CREATE TABLE setting_changes (
	guild_id BIGINT NOT NULL, 
	id BIGINT NOT NULL, 
	revision BIGINT NOT NULL, 
	at FLOAT NOT NULL, 
	user_id BIGINT NOT NULL, 
	layer VARCHAR(16) NOT NULL, 
	target_id BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	CONSTRAINT pk_setting_changes PRIMARY KEY (guild_id, id)
);
INSERT INTO "setting_changes" VALUES(20,1,1,1000.0,11,'server',0,'steps',NULL,'20');
CREATE TABLE settings (
	guild_id BIGINT NOT NULL, 
	layer VARCHAR(16) NOT NULL, 
	target_id BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY (guild_id, layer, target_id, name)
);
INSERT INTO "settings" VALUES(20,'server',0,'steps','20',1);
CREATE TABLE strikes (
	user_id BIGINT NOT NULL, 
	count BIGINT NOT NULL, 
	last_at FLOAT NOT NULL, 
	CONSTRAINT pk_strikes PRIMARY KEY (user_id)
);
INSERT INTO "strikes" VALUES(11,3,1000.0);
CREATE TABLE styles (
	guild_id BIGINT NOT NULL, 
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	negative_prompt TEXT NOT NULL, 
	steps BIGINT, 
	guidance_scale FLOAT, 
	aspect_ratio TEXT, 
	CONSTRAINT pk_styles PRIMARY KEY (guild_id, "key")
);
INSERT INTO "styles" VALUES(20,'noir','Noir','','rain','',20,4.5,'16:9');
CREATE TABLE tokens (
	user_id BIGINT NOT NULL, 
	sealed BLOB NOT NULL, 
	CONSTRAINT pk_tokens PRIMARY KEY (user_id)
);
INSERT INTO "tokens" VALUES(10,X'6741414141414272424C38463062567464535561516C62324172796C6965396E67336861466A57415F324736476B435150494530504762783557347335424951314B695750524F625F5A6F37626841736F4E4F7745355755594F3776753830567837626D516C68724E446E684D4A416863354D504330413D');
CREATE INDEX ix_pictures_message_id ON pictures (message_id);
CREATE INDEX ix_favourites_user_id_created_at ON favourites (user_id, created_at);
CREATE INDEX ix_favourites_job_id_index ON favourites (job_id, "index");
CREATE INDEX ix_jobs_user_id_created_at_id ON jobs (user_id, created_at, id);
CREATE INDEX ix_jobs_state_created_at ON jobs (state, created_at);
CREATE INDEX ix_jobs_user_id_state ON jobs (user_id, state);
CREATE INDEX ix_charges_user_id_is_live_at ON charges (user_id, is_live, at);
CREATE INDEX ix_charges_channel_id_is_live_at ON charges (channel_id, is_live, at);
CREATE INDEX ix_charges_guild_id_is_live_at ON charges (guild_id, is_live, at);
CREATE INDEX ix_charges_is_live_at ON charges (is_live, at);
CREATE INDEX ix_charges_at ON charges (at);
CREATE INDEX ix_settings_name ON settings (name);
CREATE INDEX ix_setting_changes_guild_id_revision ON setting_changes (guild_id, revision);
CREATE INDEX ix_setting_changes_user_id ON setting_changes (user_id);
CREATE INDEX ix_reports_user_id_guild_id_at ON reports (user_id, guild_id, at);
CREATE INDEX ix_reports_guild_id_outcome_at ON reports (guild_id, outcome, at);
CREATE INDEX ix_reports_at ON reports (at);
CREATE INDEX ix_blocks_user_id ON blocks (user_id);
CREATE INDEX ix_blocks_until ON blocks (until);
CREATE INDEX ix_audit_at ON audit (at);
CREATE INDEX ix_audit_user_id ON audit (user_id);
CREATE INDEX ix_left_servers_at ON left_servers (at);
CREATE INDEX ix_jobs_guild_id_created_at ON jobs (guild_id, created_at);
CREATE INDEX ix_strikes_last_at ON strikes (last_at);
COMMIT;
