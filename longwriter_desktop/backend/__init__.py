"""What computes: llama.cpp in a process of its own. Only `llama` and `sampling` import llama_cpp, and only there.

The window's process uses `client.LlamaEngine` and `devices.inspect_backend`; everything else here runs
in, or speaks to, the worker process that `worker` starts.
"""
