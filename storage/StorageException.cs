using Outrider.Grains.Runtime;

namespace Outrider.Storage;

/// <summary>The store can't do what it was asked: disk full, disk broken, files unreadable. The message says what to change.</summary>
public sealed class StorageException(string message, Exception? inner = null) : UnavailableException(message, inner);
