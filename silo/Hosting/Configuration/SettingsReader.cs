using System.Text.Json;

namespace Outrider.Silo.Hosting.Configuration;

/// <summary>
/// Puts a centre's options together: defaults, then its configuration file, then <c>OUTRIDER_*</c> variables, then the command line. Says
/// everything that is wrong at once.
/// </summary>
/// <param name="defaultFile">Read if it is there and no other file is named.</param>
/// <param name="settings">Every setting there is.</param>
/// <param name="check">What is wrong with the options as a whole, one line each.</param>
public sealed class SettingsReader<TOptions>(
    string defaultFile, IReadOnlyList<Setting<TOptions>> settings, Func<TOptions, IEnumerable<string>> check) where TOptions : CentreOptions, new()
{
    private static readonly JsonDocumentOptions s_json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads the configuration.</summary>
    /// <param name="file">The file named by the caller, which must then exist; null: the default one.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="arguments">Settings of the command line by name; null values were not given.</param>
    /// <param name="errors">What is wrong, one line each; the result is of no use then.</param>
    public TOptions Read(
        string? file,
        IReadOnlyDictionary<string, string> variables,
        IEnumerable<KeyValuePair<string, string?>> arguments,
        out List<string> errors)
    {
        errors = [];
        var options = new TOptions();
        var inFile = ReadFile(file, errors);
        foreach (var setting in settings)
        {
            if (inFile.Remove(setting.Name, out var text))
                options = Apply(options, setting, text, $"'{setting.Name}' in {file ?? defaultFile}", errors);
        }
        errors.AddRange(inFile.Keys.Select(name =>
            $"'{name}' in {file ?? defaultFile} is no setting. There are: {string.Join(", ", settings.Select(setting => setting.Name))}."));
        foreach (var setting in settings)
        {
            if (variables.TryGetValue(setting.Variable, out var text) && text.Length > 0)
                options = Apply(options, setting, text, setting.Variable, errors);
        }
        foreach (var (name, text) in arguments.Where(argument => argument.Value is not null))
            options = Apply(options, settings.Single(setting => setting.Name == name), text!, $"--{name}", errors);
        errors.AddRange(check(options));
        return options;
    }

    private static TOptions Apply(TOptions options, Setting<TOptions> setting, string text, string source, List<string> errors)
    {
        try
        {
            return setting.Read(options, text);
        }
        catch (FormatException e)
        {
            errors.Add($"{source} must be {e.Message}.");
            return options;
        }
    }

    private Dictionary<string, string> ReadFile(string? file, List<string> errors)
    {
        var found = new Dictionary<string, string>();
        if (file is null && !File.Exists(defaultFile))
            return found;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file ?? defaultFile), s_json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException("It must be one object.");
            foreach (var member in document.RootElement.EnumerateObject())
                found[member.Name] = Text(member.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            errors.Add($"{file ?? defaultFile} can't be read: {e.Message}");
        }
        return found;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
