using System.Buffers;
using System.Globalization;
using System.Text;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors.Databases;
using Outrider.MySql.Transport;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.MySql;

/// <summary>
/// The text that goInception takes: its options in a comment, then the statements between its two marks. It reads the comment up to the first
/// <c>*/</c>, parts it at semicolons, and each part as a line of YAML. https://hanchuanchuan.github.io/goInception/params.html
/// </summary>
internal static class GoInceptionText
{
    private const string Mark = "inception_magic_";

    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.");

    /// <summary>The text, which holds the password. <c>invalid_argument</c>: something can't be said in it.</summary>
    public static Outcome<string> Of(DatabaseConnection connection, StatementRun run)
    {
        var goInception = connection.GoInception!;
        if (run.Statements.FirstOrDefault(statement => statement.Text.Contains(Mark, StringComparison.OrdinalIgnoreCase)) is { } marked)
            return Invalid($"Statement {marked.Index} holds '{Mark}', by which goInception finds the end of the statements.");
        var options = new List<(string Name, string? Value)>
        {
            ("user", Yaml(connection.User)), ("password", Yaml(connection.Password)), ("host", Yaml(connection.Host)),
            ("port", Number(connection.Port)), ("execute", "1"),
            ("backup", goInception.Backup ?? run.Options.Backup ? "1" : "0"), ("ignore_warnings", goInception.IgnoreWarnings ? "1" : "0"),
            ("trans", Number(run.Options.TransBatchSize)), ("sleep", Number(run.Options.SleepMs)),
        };
        if (connection.Tls is TlsMode.Required or TlsMode.VerifyFull)
            options.Add(("ssl", "REQUIRED"));
        if (connection.Database is not null)
            options.Add(("db", Yaml(connection.Database)));
        if (options.FirstOrDefault(option => option.Value is null) is { Name: { } bad })
            return Invalid($"The {bad} of connection {connection} can't be told to goInception: "
                + "it takes no ;, no */, no line break and not the word remote, and no empty password.");
        var text = new StringBuilder("/*");
        foreach (var (name, value) in options)
            text.Append(CultureInfo.InvariantCulture, $"--{name}={value};");
        text.Append("*/\n").Append(Mark).Append("start;\n");
        if (connection.Database is not null)
            text.Append(CultureInfo.InvariantCulture, $"use `{connection.Database}`;\n");
        foreach (var statement in run.Statements)
            text.Append(run.Comment).Append(statement.Text).Append(";\n");
        return text.Append(Mark).Append("commit;").ToString();
    }

    /// <summary>A value as goInception reads it; null: it can't.</summary>
    private static string? Yaml(string value)
    {
        // It takes the word "remote" out of the whole comment, for the names of old options.
        if (value.Length == 0 || value.Contains(';', StringComparison.Ordinal) || value.Contains("*/", StringComparison.Ordinal)
            || value.Contains("remote", StringComparison.Ordinal) || value.Any(char.IsControl))
            return null;
        // In quotes nothing is taken for a number, a truth value or a comment.
        return char.IsAsciiLetter(value[0]) && value.Length > 5 && value.AsSpan().IndexOfAnyExcept(s_plain) < 0
            ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static Problem Invalid(string message) => new(ProblemCodes.InvalidArgument, message);
}
