namespace Outrider.Bench.Sql;

/// <summary>One caller with a connection of its own.</summary>
internal interface ICaller : IAsyncDisposable
{
    /// <summary>Asks once and reads the whole answer.</summary>
    Task AskAsync();
}
