using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>The keys that seal cookies and links, kept in the database so that every node has the same.</summary>
internal sealed class KeyRing(IServiceScopeFactory scopes, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<HostDb>().ProtectionKeys.AsNoTracking().Select(k => k.Xml).ToList().Select(XElement.Parse)];
    }

    // The framework asks for this without waiting: a few times a year, and never at the write gate.
#pragma warning disable VSTHRD002
    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => Store(element)).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    private async Task Store(XElement element)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HostDb>();
        db.Add(new ProtectionKey { Id = clock.NewKey(), Xml = element.ToString(SaveOptions.DisableFormatting) });
        await db.SaveChangesAsync();
    }
}
