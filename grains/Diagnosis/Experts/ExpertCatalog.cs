using Outrider.Grains.Diagnosis.Storage;

namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>Every expert there is.</summary>
public static class ExpertCatalog
{
    public static IReadOnlyList<Expert> All { get; } = [StorageExpert.Expert, AmplificationExpert.Expert];

    /// <summary>As clients see them.</summary>
    public static List<ExpertView> Views => [.. All.Select(expert => expert.View())];

    /// <summary>By its name, such as <c>storage</c>; null if there is none.</summary>
    public static Expert? Find(string name) => All.FirstOrDefault(expert => expert.Name == name);

    /// <summary>By its MCP tool, such as <c>diagnose_storage</c>; null if there is none.</summary>
    public static Expert? FindTool(string tool) => All.FirstOrDefault(expert => expert.Tool == tool);
}
