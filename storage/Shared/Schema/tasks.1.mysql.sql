CREATE TABLE outrider_task (
  tenant VARCHAR(255) NOT NULL, id VARCHAR(64) NOT NULL, revision BIGINT NOT NULL, agent VARCHAR(255) NOT NULL, type VARCHAR(64) NOT NULL,
  status VARCHAR(16) NOT NULL, creator VARCHAR(255) NOT NULL, fanout VARCHAR(64), created BIGINT NOT NULL, waiting INT NOT NULL,
  approval INT NOT NULL, due BIGINT, ended BIGINT, body LONGBLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  INDEX outrider_task_by_time (tenant, created DESC, id),
  INDEX outrider_task_by_agent (tenant, agent, created DESC, id),
  INDEX outrider_task_by_type (tenant, type, created DESC, id),
  INDEX outrider_task_by_status (tenant, status, created DESC, id),
  INDEX outrider_task_by_creator (tenant, creator, created DESC, id),
  INDEX outrider_task_by_fanout (tenant, fanout, status, created DESC, id),
  INDEX outrider_task_waiting (tenant, agent, waiting, id),
  INDEX outrider_task_approval (tenant, approval, created DESC, id),
  INDEX outrider_task_due (due, tenant, id),
  INDEX outrider_task_ended (ended)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE outrider_task_log (
  tenant VARCHAR(255) NOT NULL, task VARCHAR(64) NOT NULL, attempt INT NOT NULL, number BIGINT NOT NULL, stream INT NOT NULL,
  at BIGINT NOT NULL, start BIGINT NOT NULL, bytes LONGBLOB NOT NULL,
  PRIMARY KEY (tenant, task, attempt, number)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE outrider_fanout (
  tenant VARCHAR(255) NOT NULL, id VARCHAR(64) NOT NULL, revision BIGINT NOT NULL, status VARCHAR(16) NOT NULL, created BIGINT NOT NULL,
  due BIGINT, ended BIGINT, body LONGBLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  INDEX outrider_fanout_by_time (tenant, created DESC, id),
  INDEX outrider_fanout_by_status (tenant, status, created DESC, id),
  INDEX outrider_fanout_due (due, tenant, id),
  INDEX outrider_fanout_ended (ended)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
