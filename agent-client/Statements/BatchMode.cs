namespace Outrider.Agent.Statements;

/// <summary>How the statements of a batch run.</summary>
internal enum BatchMode
{
    /// <summary>One statement, outside a transaction.</summary>
    Alone,

    /// <summary>In a transaction in which the server itself refuses to write.</summary>
    ReadOnly,

    /// <summary>In a transaction: all of them or none.</summary>
    Transaction,
}
