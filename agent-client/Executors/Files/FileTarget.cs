using Outrider.Agent.Policy;
using Outrider.Agent.Policy.Paths;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Files;

/// <summary>Where a file goes: its folder, held open and checked, and its name in it.</summary>
internal sealed class FileTarget : IDisposable
{
    private readonly OpenPath _folder;

    private FileTarget(OpenPath folder, string name, string real)
    {
        _folder = folder;
        Name = name;
        Real = real;
    }

    public string Name { get; }

    /// <summary>Its real path.</summary>
    public string Real { get; }

    /// <summary>The same, by way of the open folder.</summary>
    public string Path => At(Name);

    /// <summary>Opens the folder and asks the rules. <c>policy_refused</c>, <c>invalid_argument</c>.</summary>
    public static Outcome<FileTarget> Open(string path, TaskFile file, bool isArchive, FileRules rules)
    {
        if (FileRules.TextFault(path) is { } fault)
            return fault;
        var intoFolder = path.EndsWith('/') && !isArchive;
        var whole = path.TrimEnd('/');
        var name = intoFolder ? file.Name : PathText.Name(whole);
        if (!ArchiveName.IsPlain(name))
            return PolicyRefusal.Because("file.path", $"'{name}' can't be a file's name.");
        var parent = intoFolder ? whole : whole[..(whole.Length - name.Length)].TrimEnd('/');
        var folder = OpenPath.Folder(parent.Length == 0 ? "/" : parent);
        try
        {
            // Asked even if there is no folder: whoever may not write there isn't told what there is.
            var real = folder?.RealPath ?? RealPath.Resolve(parent, "/") ?? parent;
            var target = $"{real.TrimEnd('/')}/{name}";
            if (rules.WriteFault(target) is { } refused)
                return refused;
            if (folder is null)
                return new Problem(ProblemCodes.InvalidArgument, $"There is no folder '{real}' on this machine, or the agent may not open it. Make it first.");
            var kept = new FileTarget(folder, name, target);
            folder = null;
            return kept;
        }
        finally
        {
            folder?.Dispose();
        }
    }

    /// <summary>A name in the same folder that nobody uses.</summary>
    public string Draft() => At($".outrider-{Guid.NewGuid():N}");

    public void Dispose() => _folder.Dispose();

    private string At(string name) => $"{_folder.Base}/{name}";
}
