-- Grain state for Orleans 10.4 (Microsoft.Orleans.Persistence.AdoNet). The row's key is the grain itself, not a hash of it, so no two rows
-- of one grain can come to be. GrainTypeString is the grain's type and the state's name, GrainIdExtensionString the grain's key.
CREATE TABLE OrleansStorage (
  ServiceId VARCHAR(150) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  GrainTypeString VARCHAR(250) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  GrainIdExtensionString VARCHAR(600) NOT NULL, GrainIdN0 BIGINT NOT NULL, GrainIdN1 BIGINT NOT NULL,
  Version INT NOT NULL, ModifiedOn DATETIME(3) NOT NULL, PayloadBinary LONGBLOB NULL,
  PRIMARY KEY (ServiceId, GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

DELIMITER $$
-- The version that a write leaves, or the one its writer has read: nothing was written then, because somebody else was quicker.
-- Each call is one statement, so it needs no transaction of its own.
CREATE PROCEDURE OrleansWriteState(
  IN p_service VARCHAR(150) CHARACTER SET ascii COLLATE ascii_bin, IN p_type VARCHAR(250) CHARACTER SET ascii COLLATE ascii_bin,
  IN p_extension VARCHAR(600) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, IN p_n0 BIGINT, IN p_n1 BIGINT, IN p_version INT,
  IN p_payload LONGBLOB)
BEGIN
  DECLARE v_version INT DEFAULT p_version;
  IF p_version IS NULL THEN
    BEGIN
      DECLARE EXIT HANDLER FOR 1062 SET v_version = NULL;
      INSERT INTO OrleansStorage
        (ServiceId, GrainTypeString, GrainIdExtensionString, GrainIdN0, GrainIdN1, Version, ModifiedOn, PayloadBinary)
      VALUES (p_service, p_type, COALESCE(p_extension, ''), p_n0, p_n1, 1, UTC_TIMESTAMP(3), p_payload);
      SET v_version = 1;
    END;
  ELSE
    UPDATE OrleansStorage SET Version = Version + 1, ModifiedOn = UTC_TIMESTAMP(3), PayloadBinary = p_payload
    WHERE ServiceId = p_service AND GrainTypeString = p_type AND GrainIdExtensionString = COALESCE(p_extension, '')
      AND GrainIdN0 = p_n0 AND GrainIdN1 = p_n1 AND Version = p_version;
    IF ROW_COUNT() > 0 THEN
      SET v_version = p_version + 1;
    END IF;
  END IF;
  SELECT v_version AS NewGrainStateVersion;
END$$
DELIMITER ;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey', '
  SELECT PayloadBinary, Version FROM OrleansStorage
  WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
    AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1;'),
('WriteToStorageKey', '
  CALL OrleansWriteState(@ServiceId, @GrainTypeString, @GrainIdExtensionString, @GrainIdN0, @GrainIdN1, @GrainStateVersion,
    @PayloadBinary);'),
('ClearStorageKey', '
  UPDATE OrleansStorage SET Version = Version + 1, ModifiedOn = UTC_TIMESTAMP(3), PayloadBinary = NULL
  WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
    AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND Version = @GrainStateVersion;
  SELECT IF(ROW_COUNT() > 0, @GrainStateVersion + 1, @GrainStateVersion) AS NewGrainStateVersion;'),
('DeleteStorageKey', '
  DELETE FROM OrleansStorage
  WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
    AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND Version = @GrainStateVersion;
  SELECT IF(ROW_COUNT() > 0, @GrainStateVersion + 1, @GrainStateVersion) AS NewGrainStateVersion;')
ON DUPLICATE KEY UPDATE QueryText = VALUES(QueryText);
