using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Outrider.Storage.Shared;

/// <summary>One connection to the shared database. Used by one caller at a time.</summary>
public sealed class SharedSession
{
    private readonly DbConnection _connection;
    private readonly TimeSpan _commandLimit;
    private readonly CancellationToken _cancellation;
    private readonly DbTransaction? _transaction;

    internal SharedSession(
        DbConnection connection, TimeSpan commandLimit, CancellationToken cancellation, DbTransaction? transaction = null)
    {
        _transaction = transaction;
        _connection = connection;
        _commandLimit = commandLimit;
        _cancellation = cancellation;
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <param name="sql">Values go into parameters @p1, @p2, …</param>
    /// <param name="values">
    /// The parameters in order: null, string, long, int or byte[]. In a string U+FFFD replaces what not every database can hold: NUL and
    /// halves of surrogate pairs.
    /// </param>
    /// <returns>The number of rows changed.</returns>
    public async Task<int> ExecuteAsync(string sql, params IReadOnlyList<object?> values)
    {
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false))
            return await command.ExecuteNonQueryAsync(_cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs a query and makes one <typeparamref name="T"/> of each row. Parameters as in <see cref="ExecuteAsync"/>.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> row, params IReadOnlyList<object?> values)
    {
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(_cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<T>();
                while (await reader.ReadAsync(_cancellation).ConfigureAwait(false))
                    rows.Add(row(reader));
                return rows;
            }
        }
    }

    /// <summary>The first row of a query, or default when it has none. Parameters as in <see cref="ExecuteAsync"/>.</summary>
    public async Task<T?> QueryFirstAsync<T>(string sql, Func<DbDataReader, T> row, params IReadOnlyList<object?> values) =>
        await QueryAsync(sql, row, values).ConfigureAwait(false) is [var first, ..] ? first : default;

    private DbCommand Command(string sql, IReadOnlyList<object?> values)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Review SQL for injection: callers pass constants and scripts, values go into parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = _transaction;
        command.CommandTimeout = (int)_commandLimit.TotalSeconds;
        for (var i = 0; i < values.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i + 1}");
            parameter.Value = values[i] is string text ? Storable(text) : values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static string Storable(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || text.Contains('\0', StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD')
            : text;
}
