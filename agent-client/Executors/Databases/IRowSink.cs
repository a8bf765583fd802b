namespace Outrider.Agent.Executors.Databases;

/// <summary>Takes the rows of one statement.</summary>
internal interface IRowSink
{
    /// <summary>The columns' names, once, before the rows.</summary>
    ValueTask BeginRowsAsync(IReadOnlyList<string> columns, CancellationToken cancellation);

    /// <summary>Takes a row: texts as the server writes them, null for NULL. False: it has enough, and didn't take it.</summary>
    ValueTask<bool> AddRowAsync(IReadOnlyList<string?> cells, CancellationToken cancellation);
}
