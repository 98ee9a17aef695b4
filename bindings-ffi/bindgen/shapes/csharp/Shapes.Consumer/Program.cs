using System;
using System.IO;
using Shapes;

internal static class Program
{
    private static int Main()
    {
        // Otherwise another copy of the library would be what is tested.
        bool beside = File.Exists(Path.Combine(AppContext.BaseDirectory, "libshapes.so"));
        bool works = Crossing.SameString("æøå") == "æøå" && !beside;
        Console.WriteLine(works ? "1 passed, 0 failed" : "0 passed, 1 failed");
        return works ? 0 : 1;
    }
}
