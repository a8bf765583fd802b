namespace Outrider.Agent.Spool;

/// <summary>What a record of a spool segment holds.</summary>
internal enum SegmentRecordKind : byte
{
    /// <summary>A batch that waits for the centre.</summary>
    Batch = 1,

    /// <summary>The centre has a batch, of this segment or another.</summary>
    Ack = 2,
}
