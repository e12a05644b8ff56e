using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shanhuo.Kernel;

namespace Shanhuo.Tests.Settlement.Statements;

/// <summary>Counts the queries that a database context sends, and the rows it reads, until it is disposed.</summary>
internal sealed class QueryCount : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly ShanhuoDb db;
    private readonly List<IDisposable> listening = [];

    public QueryCount(ShanhuoDb db)
    {
        this.db = db;
        listening.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Queries { get; private set; }

    public int Rows { get; private set; }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) listening.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // Other tests run beside this one, so only this context's events count.
        if (value.Value is CommandExecutedEventData { Context: { } context } && ReferenceEquals(context, db)) Queries++;
        if (value.Value is DataReaderDisposingEventData { Context: { } reader } read && ReferenceEquals(reader, db)) Rows += read.ReadCount;
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => listening.ForEach(l => l.Dispose());
}
