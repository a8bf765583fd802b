-- Membership for Orleans 10.4 (Microsoft.Orleans.Clustering.AdoNet). Each change of a silo's row also counts the cluster's version up, in
-- one transaction, and only from the version that its writer has read: of two writers at once, one is refused and reads again.
CREATE TABLE OrleansMembershipVersionTable (
  DeploymentId VARCHAR(150) NOT NULL PRIMARY KEY, Version INT NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Status: 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead. Times are UTC.
CREATE TABLE OrleansMembershipTable (
  DeploymentId VARCHAR(150) NOT NULL, Address VARCHAR(45) NOT NULL, Port INT NOT NULL, Generation INT NOT NULL,
  SiloName VARCHAR(150) NOT NULL, HostName VARCHAR(255) NOT NULL, Status INT NOT NULL, ProxyPort INT NULL, SuspectTimes VARCHAR(8000) NULL,
  StartTime DATETIME(3) NOT NULL, IAmAliveTime DATETIME(3) NOT NULL,
  PRIMARY KEY (DeploymentId, Address, Port, Generation),
  FOREIGN KEY (DeploymentId) REFERENCES OrleansMembershipVersionTable (DeploymentId)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

DELIMITER $$
-- Two tables in one INSERT don't go, hence a procedure. A row that is there already is an answer, not an error.
CREATE PROCEDURE OrleansInsertMember(
  IN p_cluster VARCHAR(150) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, IN p_version INT,
  IN p_address VARCHAR(45) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, IN p_port INT, IN p_generation INT,
  IN p_name VARCHAR(150) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, IN p_host VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, IN p_status INT, IN p_proxy_port INT, IN p_start DATETIME(3), IN p_alive DATETIME(3))
BEGIN
  DECLARE v_done INT DEFAULT 0;
  DECLARE EXIT HANDLER FOR 1062 BEGIN ROLLBACK; SELECT 0; END;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
  START TRANSACTION;
  UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = p_cluster AND Version = p_version;
  SET v_done = ROW_COUNT();
  IF v_done > 0 THEN
    INSERT INTO OrleansMembershipTable
      (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    VALUES (p_cluster, p_address, p_port, p_generation, p_name, p_host, p_status, p_proxy_port, p_start, p_alive);
  END IF;
  COMMIT;
  SELECT v_done;
END$$
DELIMITER ;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', '
  INSERT IGNORE INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId);
  SELECT ROW_COUNT();'),
('InsertMembershipKey', '
  CALL OrleansInsertMember(@DeploymentId, @Version, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
    @IAmAliveTime);'),
('UpdateMembershipKey', '
  UPDATE OrleansMembershipVersionTable v JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
  SET v.Version = v.Version + 1, m.Status = @Status, m.SuspectTimes = @SuspectTimes, m.IAmAliveTime = @IAmAliveTime
  WHERE v.DeploymentId = @DeploymentId AND v.Version = @Version
    AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation;
  SELECT ROW_COUNT();'),
('UpdateIAmAlivetimeKey', '
  UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime
  WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation;'),
('MembershipReadAllKey', '
  SELECT v.DeploymentId, v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
    m.StartTime, m.IAmAliveTime
  FROM OrleansMembershipVersionTable v LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
  WHERE v.DeploymentId = @DeploymentId;'),
('MembershipReadRowKey', '
  SELECT v.DeploymentId, v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
    m.StartTime, m.IAmAliveTime
  FROM OrleansMembershipVersionTable v LEFT JOIN OrleansMembershipTable m
    ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
  WHERE v.DeploymentId = @DeploymentId;'),
('GatewaysQueryKey', '
  SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
  WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0;'),
('DeleteMembershipTableEntriesKey', '
  DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
  DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId;'),
('CleanupDefunctSiloEntriesKey', '
  DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3;')
ON DUPLICATE KEY UPDATE QueryText = VALUES(QueryText);
