namespace Outrider.Agent.Statements;

/// <summary>How much a statement can spoil.</summary>
internal enum StatementRisk
{
    /// <summary>It reads.</summary>
    Low,

    /// <summary>It adds, or changes what a condition selects.</summary>
    Medium,

    /// <summary>It removes or alters what holds rows, changes all rows of a table, or administers.</summary>
    High,
}
