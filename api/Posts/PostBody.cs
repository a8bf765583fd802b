using Outrider.Protocol.Tasks;

namespace Outrider.Api.Posts;

/// <summary>A body as it was before it was compressed; its bytes count against the budget until it is disposed.</summary>
/// <param name="bytes">Room for it.</param>
/// <param name="length">How many of them it takes.</param>
/// <param name="isBatch">Whether it is a metric batch; JSON otherwise.</param>
/// <param name="budget">What the room was taken from.</param>
internal sealed class PostBody(byte[] bytes, int length, bool isBatch, PayloadBudget budget) : IDisposable
{
    private readonly int _room = bytes.Length;

    public ReadOnlyMemory<byte> Bytes { get; } = bytes.AsMemory(0, length);

    public bool IsBatch => isBatch;

    public void Dispose() => budget.Return(_room);
}
