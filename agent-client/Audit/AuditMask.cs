using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Outrider.Agent.Policy.Commands;
using Outrider.Agent.Secrets;
using Outrider.Protocol.Secrets;

namespace Outrider.Agent.Audit;

/// <summary>What a task asked for, without the secrets that somebody wrote into it. References to secrets stay: they are none.</summary>
internal static class AuditMask
{
    /// <summary>A command: word by word if it can be read, else by what stands before an equals sign or a colon.</summary>
    public static string? Command(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return text;
        var read = CommandText.Parse(text, pipes: true);
        if (!read.Ok)
            return Text(string.Join(' ', CommandSecrets.Masked(text.Split(' '))));
        var masked = read.Value.Select(stage => new CommandStage(
            [.. stage.Environment.Select(variable => CommandSecrets.IsSecretName(variable.Key) ? new(variable.Key, CommandSecrets.Mask) : variable)],
            [.. CommandSecrets.Masked(stage.Words).Select(word => Text(word))])).ToList();
        var isSame = masked.Zip(read.Value).All(pair =>
            pair.First.Words.SequenceEqual(pair.Second.Words) && pair.First.Environment.SequenceEqual(pair.Second.Environment));
        return isSame ? text : string.Join(" | ", masked.Select(CommandQuoting.Quote));
    }

    /// <summary>Any other text: by what stands before an equals sign or a colon.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Text(string? text)
    {
        if (text is null)
            return null;
        // A reference has a colon of its own, so it is put aside meanwhile.
        var names = new List<string>();
        var plain = SecretReferences.Replace(text, Aside);
        if (SecretRedactor.Redact(Encoding.UTF8.GetBytes(plain)) is not { } redacted)
            return text;
        plain = Encoding.UTF8.GetString(redacted);
        for (var at = 0; at < names.Count; at++)
            plain = plain.Replace(Place(at), $"${{secret:{names[at]}}}", StringComparison.Ordinal);
        return plain;

        string Aside(string name)
        {
            names.Add(name);
            return Place(names.Count - 1);
        }
    }

    private static string Place(int at) => string.Create(CultureInfo.InvariantCulture, $"\uE000{at}\uE001");

    /// <summary>A task's parameters.</summary>
    public static JsonElement? Params(JsonElement? given) => given is { } value ? JsonStrings.Map(Vectors(value), Member) : null;

    private static string Member(string? name, string text) =>
        name is not null && text.Length > 0 && !SecretReferences.IsReference(text) && CommandSecrets.IsSecretName(name) ? CommandSecrets.Mask : Text(text);

    /// <summary>An argument vector's secrets are told by the word before them.</summary>
    private static JsonElement Vectors(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("args", out var args) || args.ValueKind != JsonValueKind.Array
            || args.EnumerateArray().Any(arg => arg.ValueKind != JsonValueKind.String))
            return value;
        var masked = new Queue<string>(CommandSecrets.Masked(args.EnumerateArray().Select(arg => arg.GetString()!)));
        return JsonStrings.Map(value, (name, text) => name == "args" && masked.TryDequeue(out var word) && !SecretReferences.IsReference(text) ? word : text);
    }

}
