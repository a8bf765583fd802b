using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Outrider.Storage.Shared;

/// <summary>Statements that go to the database together, and the values of their parameters.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<object?> _values = [];

    /// <summary>Adds a piece of a statement. Numbers may stand in it; whatever else goes through <see cref="Value"/>.</summary>
    public SqlText Add(string piece)
    {
        _text.Append(piece);
        return this;
    }

    /// <summary>Adds pieces with commas between.</summary>
    public SqlText AddAll<T>(IEnumerable<T> items, Func<T, string> piece) => Add(string.Join(", ", items.Select(piece)));

    /// <summary>The parameter for a value, to be put into the text.</summary>
    public string Value(object? value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@p{_values.Count}");
    }

    public Task<int> ExecuteAsync(SharedSession session) =>
        _text.Length == 0 ? Task.FromResult(0) : session.ExecuteAsync(_text.ToString(), _values);

    public Task<List<T>> QueryAsync<T>(SharedSession session, Func<DbDataReader, T> row) => session.QueryAsync(_text.ToString(), row, _values);
}
