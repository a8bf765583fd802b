CREATE TABLE outrider_task (
  tenant TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, revision BIGINT NOT NULL, agent TEXT COLLATE "C" NOT NULL,
  type TEXT COLLATE "C" NOT NULL, status TEXT COLLATE "C" NOT NULL, creator TEXT COLLATE "C" NOT NULL, fanout TEXT COLLATE "C",
  created BIGINT NOT NULL, waiting INT NOT NULL, approval INT NOT NULL, due BIGINT, ended BIGINT, body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX outrider_task_by_time ON outrider_task (tenant, created DESC, id);
CREATE INDEX outrider_task_by_agent ON outrider_task (tenant, agent, created DESC, id);
CREATE INDEX outrider_task_by_type ON outrider_task (tenant, type, created DESC, id);
CREATE INDEX outrider_task_by_status ON outrider_task (tenant, status, created DESC, id);
CREATE INDEX outrider_task_by_creator ON outrider_task (tenant, creator, created DESC, id);
CREATE INDEX outrider_task_by_fanout ON outrider_task (tenant, fanout, status, created DESC, id) WHERE fanout IS NOT NULL;
CREATE INDEX outrider_task_waiting ON outrider_task (tenant, agent, id) WHERE waiting = 1;
CREATE INDEX outrider_task_approval ON outrider_task (tenant, created DESC, id) WHERE approval = 1;
CREATE INDEX outrider_task_due ON outrider_task (due, tenant, id) WHERE due IS NOT NULL;
CREATE INDEX outrider_task_ended ON outrider_task (ended) WHERE ended IS NOT NULL;
CREATE TABLE outrider_task_log (
  tenant TEXT COLLATE "C" NOT NULL, task TEXT COLLATE "C" NOT NULL, attempt INT NOT NULL, number BIGINT NOT NULL, stream INT NOT NULL,
  at BIGINT NOT NULL, start BIGINT NOT NULL, bytes BYTEA NOT NULL,
  PRIMARY KEY (tenant, task, attempt, number)
);
CREATE TABLE outrider_fanout (
  tenant TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, revision BIGINT NOT NULL, status TEXT COLLATE "C" NOT NULL,
  created BIGINT NOT NULL, due BIGINT, ended BIGINT, body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX outrider_fanout_by_time ON outrider_fanout (tenant, created DESC, id);
CREATE INDEX outrider_fanout_by_status ON outrider_fanout (tenant, status, created DESC, id);
CREATE INDEX outrider_fanout_due ON outrider_fanout (due, tenant, id) WHERE due IS NOT NULL;
CREATE INDEX outrider_fanout_ended ON outrider_fanout (ended) WHERE ended IS NOT NULL
