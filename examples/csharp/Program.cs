using System;
using System.Threading.Tasks;
using Skifteportal.Model;

namespace Example
{
    internal static class Program
    {
        private static async Task<int> Main(string[] arguments)
        {
            if (arguments.Length != 2 || arguments[0] != "demo")
            {
                Console.Error.WriteLine("Example demo CONFIG.json   the whole job, step by step");
                return 2;
            }
            try
            {
                await new Story(new Config(arguments[1])).TellAsync();
                return 0;
            }
            catch (Exception error) when (error is SkifteportalException || error is InvalidOperationException)
            {
                Console.Error.WriteLine("\nstopped: " + error.Message);
                return 1;
            }
        }
    }
}
