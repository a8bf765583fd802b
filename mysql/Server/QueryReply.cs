using Outrider.MySql.Payloads;

namespace Outrider.MySql.Server;

/// <summary>What a handler answers to a statement.</summary>
public abstract record QueryReply
{
    private QueryReply()
    {
    }

    /// <summary>A result set. Rows are sent as they come; each has a cell, or null for NULL, per column.</summary>
    /// <param name="Columns">At least one column.</param>
    /// <param name="Rows">The rows; may be endless, may wait.</param>
    public sealed record ResultSet(IReadOnlyList<ColumnDefinitionPayload> Columns, IAsyncEnumerable<IReadOnlyList<string?>> Rows) : QueryReply;

    /// <summary>Success without a result set.</summary>
    /// <param name="Payload">Affected rows and the like.</param>
    public sealed record Ok(OkPayload Payload) : QueryReply;

    /// <summary>Failure.</summary>
    /// <param name="Payload">Number, SQLSTATE and text.</param>
    public sealed record Error(ErrPayload Payload) : QueryReply;

    /// <summary>A plain OK.</summary>
    public static QueryReply Done { get; } = new Ok(new OkPayload());

    /// <summary>A failure.</summary>
    public static QueryReply Failed(int code, string sqlState, string message) => new Error(new(code, sqlState, message));

    /// <summary>A result set of text columns that is complete in memory.</summary>
    public static QueryReply FromRows(IReadOnlyList<string> columns, params IReadOnlyList<string?>[] rows) =>
        new ResultSet([.. columns.Select(name => new ColumnDefinitionPayload { Name = name })], rows.ToAsyncEnumerable());
}
