using System.Text.Json;

namespace Outrider.Silo.Standalone.Configuration;

/// <summary>
/// Puts the options together: defaults, then <c>outrider.json</c>, then <c>OUTRIDER_*</c> variables, then the command line. Says
/// everything that is wrong at once.
/// </summary>
public static class CentreConfiguration
{
    /// <summary>Read if it is there and no other file is named.</summary>
    public const string DefaultFile = "outrider.json";

    private static readonly JsonDocumentOptions s_json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads the configuration.</summary>
    /// <param name="file">The file named by the caller, which must then exist; null: <see cref="DefaultFile"/>.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="arguments">Settings of the command line by name; null values were not given.</param>
    /// <param name="errors">What is wrong, one line each; the result is of no use then.</param>
    public static CentreOptions Read(
        string? file,
        IReadOnlyDictionary<string, string> variables,
        IEnumerable<KeyValuePair<string, string?>> arguments,
        out List<string> errors)
    {
        errors = [];
        var options = new CentreOptions();
        var inFile = ReadFile(file, errors);
        foreach (var setting in Settings.All)
        {
            if (inFile.Remove(setting.Name, out var text))
                options = Apply(options, setting, text, $"'{setting.Name}' in {file ?? DefaultFile}", errors);
        }
        errors.AddRange(inFile.Keys.Select(name =>
            $"'{name}' in {file ?? DefaultFile} is no setting. There are: {string.Join(", ", Settings.All.Select(setting => setting.Name))}."));
        foreach (var setting in Settings.All)
        {
            if (variables.TryGetValue(setting.Variable, out var text) && text.Length > 0)
                options = Apply(options, setting, text, setting.Variable, errors);
        }
        foreach (var (name, text) in arguments.Where(argument => argument.Value is not null))
            options = Apply(options, Settings.All.Single(setting => setting.Name == name), text!, $"--{name}", errors);
        Check(options, errors);
        return options;
    }

    private static void Check(CentreOptions options, List<string> errors)
    {
        if ((options.TlsCertificate is null) != (options.TlsKey is null))
            errors.Add("tls_certificate and tls_key belong together: give both or none.");
        if (options.Url.StartsWith("https:", StringComparison.Ordinal) && options.TlsCertificate is null)
            errors.Add("An https url needs tls_certificate and tls_key (PEM files).");
    }

    private static CentreOptions Apply(CentreOptions options, Setting setting, string text, string source, List<string> errors)
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

    private static Dictionary<string, string> ReadFile(string? file, List<string> errors)
    {
        var settings = new Dictionary<string, string>();
        if (file is null && !File.Exists(DefaultFile))
            return settings;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file ?? DefaultFile), s_json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException("It must be one object.");
            foreach (var member in document.RootElement.EnumerateObject())
                settings[member.Name] = Text(member.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            errors.Add($"{file ?? DefaultFile} can't be read: {e.Message}");
        }
        return settings;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
