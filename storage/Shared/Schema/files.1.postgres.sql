CREATE TABLE outrider_file (
  tenant TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, sha256 TEXT COLLATE "C" NOT NULL, kind TEXT NOT NULL,
  search TEXT COLLATE "C" NOT NULL, created BIGINT NOT NULL, body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  CONSTRAINT outrider_file_by_content UNIQUE (tenant, sha256, kind)
);
CREATE INDEX outrider_file_by_time ON outrider_file (tenant, created DESC, id)
