namespace Outrider.Api.Gateway;

/// <summary>
/// The places for links that a gateway has. One is taken before the dial is answered, so that not one too many gets in, however many
/// dial at once. Thread-safe.
/// </summary>
internal sealed class LinkPlaces(int links, int unregistered)
{
    private int _links;
    private int _unregistered;

    /// <summary>A place for one more link; null: there is none.</summary>
    public Place? TryTake()
    {
        var place = new Place(this);
        Interlocked.Increment(ref _links);
        Interlocked.Increment(ref _unregistered);
        if (Volatile.Read(ref _links) <= links && Volatile.Read(ref _unregistered) <= unregistered)
            return place;
        place.Dispose();
        return null;
    }

    /// <summary>One link's place, kept until the link is over.</summary>
    public sealed class Place(LinkPlaces places) : IDisposable
    {
        private bool _registered;

        /// <summary>The agent was let in: it no longer counts as one that may be anybody.</summary>
        public void Registered()
        {
            _registered = true;
            Interlocked.Decrement(ref places._unregistered);
        }

        public void Dispose()
        {
            Interlocked.Decrement(ref places._links);
            if (!_registered)
                Interlocked.Decrement(ref places._unregistered);
        }
    }
}
