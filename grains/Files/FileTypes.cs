using System.Collections.Frozen;

namespace Outrider.Grains.Files;

/// <summary>The types of files that people may hand in, by the ending of the name and by the declared content type; both must agree.</summary>
public static class FileTypes
{
    /// <summary>Of what nothing more is known.</summary>
    public const string Unknown = "application/octet-stream";

    /// <summary>Ending → content types that may be declared for it; the first is what it is called here.</summary>
    private static readonly FrozenDictionary<string, string[]> s_types = new Dictionary<string, string[]>
    {
        [".jpg"] = ["image/jpeg"],
        [".jpeg"] = ["image/jpeg"],
        [".png"] = ["image/png"],
        [".gif"] = ["image/gif"],
        [".webp"] = ["image/webp"],
        [".pdf"] = ["application/pdf"],
        [".txt"] = ["text/plain"],
        [".log"] = ["text/plain"],
        [".csv"] = ["text/csv", "text/plain", "application/csv", "application/vnd.ms-excel"],
        [".xls"] = ["application/vnd.ms-excel"],
        [".xlsx"] = ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
        [".json"] = ["application/json", "text/json", "text/plain"],
        [".sql"] = ["application/sql", "application/x-sql", "text/x-sql", "text/plain"],
        [".zip"] = ["application/zip", "application/x-zip-compressed", "application/x-zip"],
        [".gz"] = ["application/gzip", "application/x-gzip"],
        [".tgz"] = ["application/gzip", "application/x-gzip"],
        [".tar"] = ["application/x-tar"],
        [".yaml"] = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain"],
        [".yml"] = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain"],
        [".sh"] = ["application/x-sh", "text/x-shellscript", "text/x-sh", "application/x-shellscript", "text/plain"],
        [".conf"] = ["text/plain"],
    }.ToFrozenDictionary();

    /// <summary>The endings, for messages.</summary>
    public static string Endings { get; } = string.Join(", ", s_types.Keys.Select(ending => ending[1..]).Order(StringComparer.Ordinal));

    /// <summary>The content type of a person's file; null: it may not be handed in.</summary>
    /// <param name="name">Its cleaned name.</param>
    /// <param name="declared">As its sender declared it, without parameters; null or <see cref="Unknown"/>: not at all.</param>
    public static string? Of(string name, string? declared)
    {
        if (!s_types.TryGetValue(FileNames.Ending(name), out var types))
            return null;
        return declared is null or Unknown || types.Contains(declared, StringComparer.OrdinalIgnoreCase) ? types[0] : null;
    }
}
