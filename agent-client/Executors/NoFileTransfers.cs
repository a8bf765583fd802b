using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>Where there is no centre to move files from or to.</summary>
internal sealed class NoFileTransfers : IFileTransfers
{
    private static readonly Problem s_none = new(ProblemCodes.Unavailable, "There is no link over which files could be moved.");

    public Task<Problem?> FetchAsync(TaskFile file, string path, CancellationToken cancellation) => Task.FromResult<Problem?>(s_none);

    public Task<Outcome<string>> StoreAsync(string task, string name, FileStream content, CancellationToken cancellation) =>
        Task.FromResult<Outcome<string>>(s_none);
}
