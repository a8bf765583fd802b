using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;
using Outrider.Storage.Files;

namespace Outrider.Tests.Boundary.Gateway.Files;

/// <summary>A store on the disk that remembers where reads and uploads began.</summary>
internal sealed class RecordingStore(DiskFileStore store) : IFileStore
{
    /// <summary>Bytes that each upload had when it was begun.</summary>
    public List<long> Begun { get; } = [];

    /// <summary>Everything that was opened for reading.</summary>
    public List<Recording> Opened { get; } = [];

    public async ValueTask<Outcome<IFileUpload>> BeginAsync(string tenant, string? name, long bytes, CancellationToken cancellation)
    {
        var begun = await store.BeginAsync(tenant, name, bytes, cancellation);
        if (begun.Ok)
            Begun.Add(begun.Value.Length);
        return begun;
    }

    public async ValueTask<Stream?> OpenAsync(string tenant, string sha256, CancellationToken cancellation)
    {
        if (await store.OpenAsync(tenant, sha256, cancellation) is not FileStream content)
            return null;
        await using (content)
        {
            var recording = new Recording(content.Name);
            Opened.Add(recording);
            return recording;
        }
    }

    public ValueTask DeleteAsync(string tenant, string sha256, Func<ValueTask<bool>> isUsed, CancellationToken cancellation) =>
        store.DeleteAsync(tenant, sha256, isUsed, cancellation);

    public ValueTask CleanAsync(Func<string, string, ValueTask<bool>> isUsed, CancellationToken cancellation) => store.CleanAsync(isUsed, cancellation);

    public sealed class Recording(string path) : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0)
    {
        private long _read;

        /// <summary>Where reading began.</summary>
        public long From { get; private set; }

        /// <summary>Bytes that were read.</summary>
        public long Bytes => Interlocked.Read(ref _read);

        public override long Position
        {
            get => base.Position;
            set => base.Position = From = value;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            Interlocked.Add(ref _read, read);
            return read;
        }
    }
}
