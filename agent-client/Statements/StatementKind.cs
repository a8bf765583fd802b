namespace Outrider.Agent.Statements;

/// <summary>What a statement needs to be allowed: each kind has a switch of its own in the policy.</summary>
internal enum StatementKind
{
    /// <summary>Changes nothing.</summary>
    Read,

    /// <summary>Changes rows, or locks them.</summary>
    Write,

    /// <summary>Changes what holds rows: tables, views, indexes, databases.</summary>
    Ddl,

    /// <summary>Everything beyond: users and rights, settings, code that the server runs, files and other servers.</summary>
    Admin,
}
