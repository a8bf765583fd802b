using Outrider.Samples.DemoStarRocks.Scenarios;

namespace Outrider.Samples.DemoStarRocks;

/// <summary>Finds scenario files.</summary>
public static class ScenarioFolder
{
    private static readonly string s_default = Path.Combine("samples", "scenarios");

    /// <summary>Reads a scenario by its name.</summary>
    /// <param name="folder">Folder; null to look for samples/scenarios, from here and from the program upwards.</param>
    /// <param name="name">File name without .json.</param>
    /// <exception cref="InvalidDataException">There is no such scenario, or its file is wrong.</exception>
    public static Scenario Read(string? folder, string name)
    {
        folder ??= Find(Environment.CurrentDirectory) ?? Find(AppContext.BaseDirectory)
            ?? throw new InvalidDataException($"There is no folder {s_default} here or above. Give one by --scenarios.");
        var file = Path.Combine(folder, name + ".json");
        if (!File.Exists(file))
        {
            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
            var names = files.Select(Path.GetFileNameWithoutExtension).Order();
            throw new InvalidDataException($"There is no scenario '{name}' in {folder}. There are: {string.Join(", ", names)}.");
        }
        return ScenarioReader.Read(File.ReadAllText(file), Path.GetFileName(file));
    }

    private static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, s_default);
            if (Directory.Exists(found))
                return found;
        }
        return null;
    }
}
